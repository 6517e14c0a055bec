// Loads workbooks and saves them. Asked in one JSON on standard input: {"from", "to", "keepStyles"} for each.
const sheets = require(process.argv[2]);

const asked = JSON.parse(require("fs").readFileSync(0, "utf8"));
const types = { ".xlsx": "xlsx", ".xls": "biff8", ".xlsb": "xlsb", ".ods": "ods" };
for (const one of asked) {
  const options = one.keepStyles ? { cellStyles: true, cellNF: true, sheetStubs: true, cellDates: true } : {};
  const type = types[one.to.slice(one.to.lastIndexOf("."))];
  sheets.writeFile(sheets.readFile(one.from, options), one.to, { bookType: type, cellStyles: one.keepStyles });
}
