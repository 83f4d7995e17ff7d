"""The digital seals of departments (电子印章): their keys, and signing with them."""
