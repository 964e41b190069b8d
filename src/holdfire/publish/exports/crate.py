"""``ro-crate-metadata.json``: the folder described for research archives (RO-Crate 1.2).

Every file with its size, its hash and what it is; every input by its hash, with its format's
licence and how to cite it; the software that made it. No time of the clock is in it: the day is
the newest that anything published tells of.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from holdfire.publish.exports import dictionary
from holdfire.publish.exports.about import About
from holdfire.publish.exports.json_text import dumped
from holdfire.publish.safe import plain, web_address

FILE = "ro-crate-metadata.json"
PROFILE = "https://w3id.org/ro/crate/1.2"
ADDRESS = "provenance.json"
"""Where it says which holdfire this was: the profile wants an address, and the project has none."""
LICENCES, SOFTWARE = "#licences", "#holdfire"
Entity = dict[str, Any]


def write(folder: Path, about: About, hashes: Mapping[str, str]) -> None:
    """Describe the files whose sha256 is given; what they were made from is in the provenance."""
    provenance = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    version = str(provenance.get("version", ""))
    files = [_file(folder, name, digest) for name, digest in sorted(hashes.items())]
    inputs = [_input(one, about) for one in provenance.get("inputs", ())]
    used = {str(one.get("format")) for one in provenance.get("inputs", ())}
    licences = [_licence(name, about) for name in sorted(used & set(about.licences))]
    graph: list[Entity] = [
        {
            "@id": FILE, "@type": "CreativeWork", "conformsTo": {"@id": PROFILE},
            "about": {"@id": "./"},
        },
        _root(about, version, str(provenance["newest"]), files, inputs),
        *files, *inputs, *licences,
        {
            "@id": LICENCES, "@type": "CreativeWork", "name": "Licences of the sources",
            "description": "The data are made from sources that keep their own licences: each "
            "input names its own. Rows of a source whose licence does not let them leave are not "
            "in these files. What else is allowed, the publisher of this folder says.",
        },
        {
            "@id": SOFTWARE, "@type": "SoftwareApplication", "name": "holdfire",
            "softwareVersion": version, "version": version, "url": ADDRESS,
            "description": "Holds reports against the words of a ceasefire agreement.",
        },
        {
            "@id": "#run", "@type": "CreateAction", "name": "holdfire run",
            "description": "The reports were held against the agreement and these files written.",
            "instrument": {"@id": SOFTWARE}, "object": _refs(inputs),
            "result": _refs(files),
        },
    ]  # fmt: skip
    text = dumped({"@context": f"{PROFILE}/context", "@graph": graph}, indent=1)
    (folder / FILE).write_text(text + "\n", encoding="utf-8", newline="\n")


def _root(
    about: About, version: str, newest: str, files: list[Entity], inputs: list[Entity]
) -> Entity:
    day = newest or about.begins
    until = f"; what is in it goes up to {day}" if day else ""
    title = plain(about.called)
    root: Entity = {
        "@id": "./", "@type": "Dataset", "name": title,
        "description": "Is the ceasefire holding? Findings of alleged violations, with the "
        f"incidents and reports they rest on{until}.",
        "license": {"@id": LICENCES},
        "creditText": f"holdfire {version}, {title}{f', data up to {day}' if day else ''}; cite "
        "the sources too, as each input says",
        "hasPart": _refs(files), "isBasedOn": _refs(inputs), "mentions": {"@id": "#run"},
    }  # fmt: skip
    return root | ({"datePublished": day} if day else {})


def _file(folder: Path, name: str, digest: str) -> Entity:
    known = dictionary.files().get(name)
    columns = [column.name for column in known.columns] if known else []
    entity: Entity = {
        "@id": name, "@type": "File", "name": known.title if known else name,
        "contentSize": str((folder / name).stat().st_size), "sha256": digest,
    }  # fmt: skip
    if known:
        entity |= {"description": known.means, "encodingFormat": known.media_type}
    return entity | ({"keywords": ", ".join(columns)} if columns else {})


def _input(one: Mapping[str, Any], about: About) -> Entity:
    form = str(one.get("format"))
    entity: Entity = {
        "@id": f"#input-{one['sha256']}", "@type": "CreativeWork", "name": plain(one["file"]),
        "identifier": f"sha256:{one['sha256']}",
        "description": f"{one.get('used', 0)} of {one.get('rows', 0)} rows used; not in the folder",
    }  # fmt: skip
    if form in about.licences:
        entity["license"] = {"@id": f"#licence-{form}"}
        if about.licences[form].citation:
            entity["creditText"] = about.licences[form].citation
    return entity


def _licence(name: str, about: About) -> Entity:
    one = about.licences[name]
    leave = "its rows may leave the house" if one.republish else "its rows do not leave the house"
    entity: Entity = {
        "@id": f"#licence-{name}", "@type": "CreativeWork", "name": f"{one.title}: {one.licence}",
        "description": f"{one.publisher}; {leave}.",
    }  # fmt: skip
    address = web_address(one.url)
    return entity | ({"url": address} if address else {})


def _refs(entities: Iterable[Entity]) -> list[Entity]:
    return [{"@id": key} for key in sorted({str(one["@id"]) for one in entities})]
