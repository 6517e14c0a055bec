"""Pictures of how forms print, made with LibreOffice and poppler's tools."""
