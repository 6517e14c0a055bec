"""The Excel format of QAF Forms: workbooks out, and what came back in them."""
