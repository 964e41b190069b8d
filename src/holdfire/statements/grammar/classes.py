"""What a word, a mark or a quotation can be: plain bits, since they are tested very often."""

from __future__ import annotations

(
    DETERMINER, PREPOSITION, ADVERBIAL, CONJUNCTION, SUBORDINATOR, RELATIVE, QUESTION, MODAL,
    DOUBTFUL, BE, HAVE, DO, NEGATION, ADVERB, SUBJECT, PRONOUN, TIME, VERB, CUE, NOUN, CAPITAL,
    NUMBER, ED, ING, THAT, TO, WORD, TITLE, RECEIVER, OCCASION,
    # From here on beyond 30 bits, where Python is slower: what few words are, and the marks.
    CONTRAST, HEDGE, POSSESSIVE, SHORTENED, COMMA, COLON, SEMICOLON, STOP, DASH, BRACKET, QUOTE,
    SPEECH, TOPIC, THING,
) = (1 << bit for bit in range(44))  # fmt: skip

FINITE = MODAL | BE | HAVE | DO | VERB
AUXILIARY = MODAL | BE | HAVE | DO | NEGATION
PAUSE = COMMA | COLON | SEMICOLON | STOP | DASH | BRACKET

LISTS = {
    "determiners": DETERMINER, "prepositions": PREPOSITION, "adverbials": ADVERBIAL,
    "conjunctions": CONJUNCTION, "contrasts": CONTRAST, "subordinators": SUBORDINATOR,
    "relatives": RELATIVE, "questions": QUESTION, "modals": MODAL, "doubtful_modals": DOUBTFUL,
    "be": BE, "have": HAVE, "do": DO, "negations": NEGATION, "adverbs": ADVERB,
    "subjects": SUBJECT, "pronouns": PRONOUN, "times": TIME, "verbs": VERB, "titles": TITLE,
    "hedges": HEDGE, "receivers": RECEIVER, "occasions": OCCASION, "also_nouns": NOUN,
    "topics": TOPIC, "things": THING,
}  # fmt: skip
"""The lists of ``words.toml`` and the class each stands for."""
