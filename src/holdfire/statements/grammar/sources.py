"""Who the source of each cue of a sentence is: to its left, to its right, or shared."""

from __future__ import annotations

from holdfire.statements.grammar import classes as c
from holdfire.statements.grammar import frames as f
from holdfire.statements.grammar.drafts import Draft
from holdfire.statements.grammar.nounphrases import Phrase, after
from holdfire.statements.grammar.sentences import Sentence
from holdfire.statements.grammar.sharing import shared
from holdfire.statements.grammar.subjects import Subjects
from holdfire.statements.grammar.verbs import Hit

AGENT_WITHIN = 14
"""Units within which "by" names who did what a passive tells."""
WITH_WITHIN = 6
"""Units within which "with" begins "with each side charging that"."""
NEVER = frozenset(("not", "never", "no", "longer"))
REFUSE = frozenset(("decline", "refuse"))
SILENCE = frozenset(("comment", "be", "discuss", "give", "elaborate", "answer", "speak"))
CONDITIONS = frozenset(("if", "unless", "whether", "until", "should"))


def drafts(sentence: Sentence, hits: list[Hit], lowest: int) -> list[Draft]:
    """Return a draft for each cue whose source is found, in the order of the cues."""
    verbs = {
        unit: bool(hit.frames & f.CLAUSE_OR_THAT)
        for hit in hits
        if hit.finite
        for unit in range(hit.first, hit.after)
    }
    verbs.update({hit.at: False for hit in hits if hit.reduced})
    subjects = Subjects(sentence, verbs, lowest)
    found: list[Draft] = []
    for hit in hits:
        draft = _draft(sentence, hit, subjects, found)
        if draft is not None:
            if draft.source is not None:
                draft.source = _without_relative(sentence, draft.source)
            found.append(draft)
    for draft in found:
        if draft.hit is not None and draft.host is None and _cites(draft.hit):
            later = [
                one
                for one in found
                if one.kind == "saying" and one.hit and one.hit.at > draft.hit.at
            ]
            draft.host = later[0] if later else None
    return [one for one in found if one.host is not None or not (one.hit and _cites(one.hit))]


def _without_relative(sentence: Sentence, source: Phrase) -> Phrase:
    """Cut "the group whose leader was killed" before "whose"."""
    start, end = source.pieces[-1]
    for at in range(start + 1, end):
        if sentence.classes[at] & c.RELATIVE_OR_THAT and end - at > 1:
            return Phrase((*source.pieces[:-1], (start, at)), source.begins)
    return source


def _cites(hit: Hit) -> bool:
    """Whether it is "citing", "quoting"."""
    return hit.form == "ing" and not hit.finite and bool(hit.frames & f.SOURCE)


def _draft(sentence: Sentence, hit: Hit, subjects: Subjects, earlier: list[Draft]) -> Draft | None:
    if _is_no_event(sentence, hit):
        return None
    draft = Draft(hit.kind, _cue(sentence, hit), hit=hit)
    if hit.reduced:
        return _also_passive(sentence, draft, hit, earlier)
    if _cites(hit):
        return _cited(sentence, draft, hit, subjects, found=earlier)
    if hit.passive and not hit.frames & f.PASSIVE:
        return _passive(sentence, draft, hit, subjects)
    if not hit.finite:
        return _participle(sentence, draft, hit, subjects, earlier)
    singular = hit.form == "present" or sentence.words[hit.first] in ("has", "is", "was")
    set_off = hit.left >= 0 and sentence.classes[hit.left] & c.COMMA_OR_DASH
    if set_off and not _names_itself(sentence, hit, subjects.verbs):
        draft.source = subjects.before(hit.left, singular)
    if draft.source is None and _inverted(sentence, hit):
        draft.source = after(sentence, hit.after, subjects.verbs)
        if draft.source is not None:
            return draft
    draft.source = draft.source or subjects.before(hit.left, singular)
    if draft.source is not None:
        before = sentence.words[draft.source.begins - 1] if draft.source.begins else ""
        asked = draft.kind in ("act", "reaction") and before in ("why", "how", "what", "when")
        return None if before in CONDITIONS or asked else draft
    return shared(sentence, draft, hit, subjects, earlier)


def _is_no_event(sentence: Sentence, hit: Hit) -> bool:
    """Whether nothing was said: "could be said", "did not say", "refused to say", "if he says"."""
    if hit.infinitive:
        return True
    doubted = hit.doubtful and "would" not in sentence.words[hit.first : hit.at]
    if doubted or (hit.doubtful and hit.kind in ("saying", "reaction")):
        return True
    after = sentence.words[hit.after : hit.after + 2]
    if after[:1] == ["to"] and after[1:] and after[1] in SILENCE and hit.use.cue.words[0] in REFUSE:
        return True
    if sentence.words[hit.after : hit.after + 3] == ["not", "to", "be"]:
        return True  # "asked not to be named"
    words = sentence.words[hit.first : hit.at]
    if hit.kind == "saying" and ("will" in words or "'ll" in words):
        return True
    return hit.negated and hit.kind == "saying" and hit.use.cue.words[0] not in ("rule", "deny")


def _cue(sentence: Sentence, hit: Hit) -> list[tuple[int, int]]:
    """Return the units of a cue: auxiliaries, verb and particles, joined where they touch."""
    if hit.first == hit.at and not hit.particles:
        return [(hit.at, hit.after)]
    spans: list[tuple[int, int]] = []
    for place in range(hit.first, hit.at + 1):
        flags = sentence.classes[place]
        if flags & c.ADVERB and place != hit.at and not flags & c.AUXILIARY:
            continue
        if sentence.words[place] in NEVER or not flags & c.ADVERB or place == hit.at:
            if spans and spans[-1][1] == place:
                spans[-1] = (spans[-1][0], place + 1)
            else:
                spans.append((place, place + 1))
    for particle in hit.particles:
        between = sentence.words[spans[-1][1] : particle]
        if between == ["in", "principle"] or all(word.endswith("ly") for word in between):
            spans[-1] = (spans[-1][0], particle + 1)
        else:
            spans.append((particle, particle + 1))
    return spans


def _inverted(sentence: Sentence, hit: Hit) -> bool:
    """Whether the source follows the verb: "…," said X; "…, says X"."""
    classes = sentence.classes
    if hit.first != hit.at or hit.form not in ("past", "present") or not hit.frames & f.QUOTATION:
        return False
    quoted = classes[hit.left] & c.SPEECH or classes[hit.left - 1] & c.SPEECH
    if hit.frames & f.RECEIVER and not quoted:
        return False
    if hit.left < 0 or not classes[hit.left] & c.COMMA_OR_DASH_OR_QUOTE:
        return False
    if hit.after >= sentence.last:
        return False
    follows = classes[hit.after]
    if follows & c.NO_SPEAKER:
        return False
    return bool(follows & c.WORD)


def _names_itself(sentence: Sentence, hit: Hit, verbs: dict[int, bool]) -> bool:
    """Whether a name or title follows a verb that takes no object: ", said X, the mediator,"."""
    if hit.frames & f.OBJECT or not _inverted(sentence, hit):
        return False
    if sentence.classes[hit.after] & c.SUBJECT or "who" in sentence.words[: hit.left]:
        return False
    source = after(sentence, hit.after, verbs)
    if source is None:
        return False
    follows = sentence.classes[source.end] if source.end < len(sentence.classes) else c.STOP
    return source.end >= sentence.last or bool(follows & c.PREPOSITION_OR_TIME_OR_COMMA)


def _cited(
    sentence: Sentence, draft: Draft, hit: Hit, subjects: Subjects, found: list[Draft]
) -> Draft | None:
    """Read "TASS reported, citing an aide, that": the aide is a source of what TASS reported."""
    draft.source = after(sentence, hit.after, subjects.verbs)
    if draft.source is None or hit.left < 0 or not sentence.classes[hit.left] & c.COMMA:
        return None
    hosts = [one for one in found if one.kind == "saying" and one.source is not None]
    if hosts:
        draft.host, draft.stop = hosts[-1], hit.left
    draft.kind = "saying"
    return draft


def _passive(sentence: Sentence, draft: Draft, hit: Hit, subjects: Subjects) -> Draft | None:
    """Read "X was accepted by Y": the subject is what it is about."""
    agent = None
    for at in range(hit.after, min(hit.after + AGENT_WITHIN, sentence.last)):
        flags = sentence.classes[at]
        if sentence.words[at] == "by" and not any(
            flags & c.TIME_OR_NUMBER_OR_ING for flags in sentence.classes[at + 1 : at + 3]
        ):
            agent = at
            break
        if flags & c.ENDS_AGENT:
            break
    if agent is None:
        return None
    about = subjects.before(hit.left)
    source = after(sentence, agent + 1, subjects.verbs)
    if (
        about is None
        or source is None
        or hit.doubtful
        or "will" in sentence.words[hit.first : hit.at]
    ):
        return None
    if hit.frames & f.TOPIC and not any(
        sentence.classes[at] & c.TOPIC for start, end in about.pieces for at in range(start, end)
    ):
        return None
    draft.source = source
    draft.content = list(about.pieces)
    if agent == draft.cue[-1][1]:
        draft.cue[-1] = (draft.cue[-1][0], agent + 1)
    else:
        draft.cue.append((agent, agent + 1))
    return draft


def _also_passive(sentence: Sentence, draft: Draft, hit: Hit, earlier: list[Draft]) -> Draft | None:
    """Read "was welcomed by X and rejected by Y"; other participles tell no statement."""
    joined = hit.left > 0 and sentence.classes[hit.left] & c.CONJUNCTION
    passives = [one for one in earlier if one.hit is not None and one.hit.passive and one.content]
    if not joined or not passives or sentence.words[hit.after : hit.after + 1] != ["by"]:
        return None
    draft.source = after(sentence, hit.after + 1, {})
    draft.content = list(passives[-1].content)
    draft.cue = [(hit.first, hit.after + 1)]
    return draft if draft.source is not None else None


def _participle(
    sentence: Sentence, draft: Draft, hit: Hit, subjects: Subjects, earlier: list[Draft]
) -> Draft | None:
    """Read "…, adding that": the subject is that of the verb before; "a letter saying that"."""
    if hit.left < 0:
        return None
    before = sentence.classes[hit.left]
    if sentence.words[hit.left] == "as" and earlier and earlier[-1].hit is not None:
        quoting = earlier[-1].hit
        if not quoting.frames & f.SOURCE or hit.left <= quoting.after:
            return None
        draft.source = Phrase(((quoting.after, hit.left),), quoting.after)
        return draft
    parallel = before & c.CONJUNCTION and any(one.hit and one.hit.form == "ing" for one in earlier)
    opens = c.OPENS_PARTICIPLE
    if before & opens or parallel or sentence.words[hit.left] == "in":
        return shared(sentence, draft, hit, subjects, earlier)
    stated = draft.kind == "saying" and sentence.classes[hit.after : hit.after + 1]
    if stated and (before & c.OCCASION or (before & c.WORD and stated[0] & c.THAT)):
        draft.source = subjects.before(hit.left)
        recent = sentence.words[max(hit.left - WITH_WITHIN, 0) : hit.left]
        if "with" in recent:
            begins = hit.left - recent[::-1].index("with")
            draft.source = Phrase(((begins, hit.left + 1),), begins - 1)
        return draft if draft.source is not None else None
    return None
