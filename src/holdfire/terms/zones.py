"""What a zone is made of: a walk through zones within zones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from holdfire.terms.agreement import Agreement, LineOfContact, Zone, ZoneTable


def parts(
    zone: Zone, zones: Mapping[str, Zone], above: tuple[str, ...] = ()
) -> Iterator[str | ZoneTable]:
    """Yield every area's name and every table that a zone is made of, named zones followed.

    Zones that are defined by themselves are followed once.
    """
    if isinstance(zone, str):
        if zone in zones and zone not in above:
            yield from parts(zones[zone], zones, (*above, zone))
        else:
            yield zone
        return
    yield zone
    children = [*(zone.any_of or ()), *(zone.all_of or ())]
    children += [zone.outside] if zone.outside is not None else []
    for child in children:
        yield from parts(child, zones, above)


def area_names(zone: Zone, zones: Mapping[str, Zone]) -> Iterator[str]:
    """Yield the areas, lines and sites that a zone is drawn from; not the theatre of a front."""
    for part in parts(zone, zones):
        if isinstance(part, str):
            yield part
            continue
        for names in (part.area, part.buffer.around if part.buffer else None):
            yield from (names,) if isinstance(names, str) else names or ()


def fronts(agreement: Agreement) -> Iterator[LineOfContact]:
    """Yield every use of the line of contact in an agreement's clauses and their permits."""
    for clause in agreement.clauses:
        zones = [clause.zone, *(permit.zone for permit in clause.permits)]
        for reading in clause.readings:
            zones += [reading.zone, *(permit.zone for permit in reading.permits or ())]
        for zone in zones:
            for part in parts(zone, agreement.zones) if zone is not None else ():
                if isinstance(part, ZoneTable) and part.line_of_contact is not None:
                    yield part.line_of_contact
