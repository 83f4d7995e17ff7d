"""Printed forms (文书): a struct in, a PDF out.

The templates are Chinese in every language of the program, as the law's papers are.
"""
