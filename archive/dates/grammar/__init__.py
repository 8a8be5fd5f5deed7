"""The grammar that joins words of the tables to whole dates, written as EDTF."""
