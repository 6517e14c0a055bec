"""SheetJS, another program that people's workbooks go through: a library for Node.js. For tests only."""
