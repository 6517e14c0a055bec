"""Joining a running office over its pipe."""

import importlib
import time
from dataclasses import dataclass
from typing import Any

# uno comes with LibreOffice, not from a package index: the type checker never has it.
uno: Any = importlib.import_module("uno")
NoConnect: Any = uno.getClass("com.sun.star.connection.NoConnectException")
PAUSE_SECONDS = 0.1


@dataclass(frozen=True)
class Connection:
    """The services of one office that everything else starts from."""

    desktop: Any
    dispatcher: Any
    version: str

    @classmethod
    def open(cls, pipe: str, seconds: float) -> "Connection":
        """Join the office on `pipe`, trying for `seconds`, else raise NoConnect."""
        context = _resolve(pipe, time.monotonic() + seconds)
        make = context.ServiceManager.createInstanceWithContext
        settings = make("com.sun.star.configuration.ConfigurationProvider", context)
        product = settings.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationAccess",
            (value("nodepath", "/org.openoffice.Setup/Product"),),
        )
        return cls(
            make("com.sun.star.frame.Desktop", context),
            make("com.sun.star.frame.DispatchHelper", context),
            str(product.getByName("ooSetupVersionAboutBox")),
        )


def value(name: str, content: object) -> Any:
    """A UNO PropertyValue."""
    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name = name
    made.Value = content
    return made


def _resolve(pipe: str, until: float) -> Any:
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnect:
            if time.monotonic() > until:
                raise
            time.sleep(PAUSE_SECONDS)
