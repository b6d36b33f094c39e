"""Programs' spellings: modules, arguments by name, types, lists, other programs' conventions."""
