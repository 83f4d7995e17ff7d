"""The central service: system of record, registers and the HTTP interface of the desks."""
