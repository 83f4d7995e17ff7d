"""The heart that the desk and the central service share: rules, messages, language, clock."""
