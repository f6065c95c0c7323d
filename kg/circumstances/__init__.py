"""When and where an act took place and what it is called, from the words around its trigger."""
