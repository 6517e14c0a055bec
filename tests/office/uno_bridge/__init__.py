"""The part that talks to LibreOffice: run by a Python that has `uno`, never imported.

`python3 -m uno_bridge PIPE SECONDS` joins the office that listens on PIPE, writes one
ready line, then answers each line of JSON on stdin with one on stdout: `{"result": ...}`
or `{"error": "..."}`. When stdin ends it ends the office, then itself. It stands on the
standard library and `uno` alone.
"""
