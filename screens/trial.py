"""What somebody is told who tries the program in an invented city: who to be, and whom to serve."""

from __future__ import annotations

from typing import NamedTuple

from clerk.locale import _


class Trial(NamedTuple):
    """Who may sit at a seat, their one password, and two applicants as (number, name)."""

    logins: tuple[str, ...]
    password: str
    person: tuple[str, str]
    firm: tuple[str, str]

    def tell_logins(self) -> str:
        """Who somebody may be here, and with what password: nobody else could tell them."""
        # Apart by spaces, for a text is wrapped at them alone, and no login is to be torn.
        told = _("To try it: {logins}").format(logins="  ".join(self.logins))
        return f"{told}\n{self.tell_password()}"

    def tell_password(self) -> str:
        """The password of everybody in the city."""
        return _("Password of everybody here: {password}").format(password=self.password)

    def tell_applicants(self) -> str:
        """Whom the registers of the city know."""
        return _("Invented applicants to try: {person} ({name})\n{firm} ({firm_name})").format(
            person=self.person[0], name=self.person[1], firm=self.firm[0], firm_name=self.firm[1]
        )
