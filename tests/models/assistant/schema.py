"""A checker of the part of JSON Schema that docs/plan.schema.json uses. A keyword that it does not know is an error, so that nothing goes unchecked."""
import math
import re

KNOWN = {"$schema", "$id", "$defs", "$ref", "$comment", "title", "description", "default", "examples", "type", "properties", "required", "additionalProperties",
         "items", "prefixItems", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minItems", "maxItems", "uniqueItems",
         "pattern", "minLength", "maxLength", "oneOf", "anyOf", "allOf", "not", "if", "then", "else", "minProperties", "maxProperties"}
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


def is_type(value, name):
    if name == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    if name == "integer":
        return is_type(value, "number") and float(value).is_integer()
    return isinstance(value, TYPES[name])


def same(a, b):
    return a == b and isinstance(a, bool) == isinstance(b, bool)


class Schema:
    def __init__(self, root):
        self.root = root

    def resolve(self, reference):
        node = self.root
        for part in reference.removeprefix("#").strip("/").split("/"):
            if part:
                node = node[part.replace("~1", "/").replace("~0", "~")]
        return node

    def errors(self, value, schema=None, path="$"):
        """What is wrong, as texts."""
        schema = self.root if schema is None else schema
        if schema is True:
            return []
        if schema is False:
            return [path + ": not allowed"]
        unknown = set(schema) - KNOWN
        if unknown:
            raise ValueError("the checker does not know %s" % sorted(unknown))
        found = []
        if "$ref" in schema:
            found += self.errors(value, self.resolve(schema["$ref"]), path)
        if "type" in schema:
            names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
            if not any(is_type(value, name) for name in names):
                return found + ["%s: not %s" % (path, " or ".join(names))]
        if "enum" in schema and not any(same(value, option) for option in schema["enum"]):
            found.append("%s: %r is none of the allowed values" % (path, value))
        if "const" in schema and not same(value, schema["const"]):
            found.append("%s: not %r" % (path, schema["const"]))
        if is_type(value, "number"):
            found += self.number_errors(value, schema, path)
        if isinstance(value, str):
            if "pattern" in schema and not re.search(schema["pattern"], value):
                found.append("%s: %r does not match %s" % (path, value, schema["pattern"]))
            if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", 1 << 60):
                found.append(path + ": length")
        if isinstance(value, list):
            found += self.array_errors(value, schema, path)
        if isinstance(value, dict):
            found += self.object_errors(value, schema, path)
        return found + self.combined_errors(value, schema, path)

    @staticmethod
    def number_errors(value, schema, path):
        broken = ("minimum" in schema and value < schema["minimum"] or "maximum" in schema and value > schema["maximum"] or
                  "exclusiveMinimum" in schema and value <= schema["exclusiveMinimum"] or "exclusiveMaximum" in schema and value >= schema["exclusiveMaximum"])
        return ["%s: %r is out of range" % (path, value)] if broken else []

    def array_errors(self, value, schema, path):
        found = []
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", 1 << 60):
            found.append("%s: %d items" % (path, len(value)))
        if schema.get("uniqueItems") and len({repr(v) for v in value}) != len(value):
            found.append(path + ": an item twice")
        first = schema.get("prefixItems", [])
        for i, item in enumerate(value):
            rule = first[i] if i < len(first) else schema.get("items", True)
            found += self.errors(item, rule, "%s[%d]" % (path, i))
        return found

    def object_errors(self, value, schema, path):
        found = ["%s: %s is missing" % (path, key) for key in schema.get("required", []) if key not in value]
        if not schema.get("minProperties", 0) <= len(value) <= schema.get("maxProperties", 1 << 60):
            found.append("%s: %d members" % (path, len(value)))
        properties = schema.get("properties", {})
        for key, member in value.items():
            rule = properties.get(key, schema.get("additionalProperties", True))
            found += self.errors(member, rule, path + "." + key)
        return found

    def combined_errors(self, value, schema, path):
        found = []
        for rule in schema.get("allOf", []):
            found += self.errors(value, rule, path)
        if "anyOf" in schema and all(self.errors(value, rule, path) for rule in schema["anyOf"]):
            found.append(path + ": none of the forms")
        if "oneOf" in schema:
            fitting = sum(not self.errors(value, rule, path) for rule in schema["oneOf"])
            if fitting != 1:
                found.append("%s: %d of the forms, not one" % (path, fitting))
        if "not" in schema and not self.errors(value, schema["not"], path):
            found.append(path + ": a form that is not allowed")
        if "if" in schema:
            branch = "else" if self.errors(value, schema["if"], path) else "then"
            if branch in schema:
                found += self.errors(value, schema[branch], path)
        return found
