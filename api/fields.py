"""`fields`: only some of what each item of a list has."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema, create_model

from api.models import Event, Listing, Relationship


def names(item: type[BaseModel]) -> Any:
    """The type of a parameter that names fields of the item."""
    known = [*item.model_fields]

    def checked(name: str) -> str:
        if name not in known:
            raise ValueError(f"name some of {', '.join(known)}")
        return name

    return Annotated[str, AfterValidator(checked), WithJsonSchema({"type": "string", "enum": known})]


def partly(page: type[Listing], item: type[BaseModel]) -> Any:
    """The model of a page that has whole items, or such with some of their fields."""
    parts: dict[str, Any] = {
        name: (field.annotation, Field(default_factory=lambda: None, description=field.description))
        for name, field in item.model_fields.items()
    }
    part = create_model(f"{item.__name__}Fields", __config__=ConfigDict(extra="forbid"), **parts)
    part.__doc__ = f"Some fields of {item.__name__}, where `fields` asks for them."
    rest: Any = {"items": (list[part], ...)}  # type: ignore[valid-type]
    some = create_model(f"{page.__name__}Fields", __base__=Listing, **rest)
    some.__doc__ = f"{page.__name__}, of each only some fields."
    return page | some


EventField = names(Event)
RelationshipField = names(Relationship)
