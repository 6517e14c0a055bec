"""Word forms for QAF Forms: issued as .docx, and read back whatever editor they went through."""
