"""What the measures count, on sentences of no treebank: `python -m unittest beside.tests` in `training/`."""

import unittest

from beside import entities, relations, speed, table, treebank

BORDER = """# newdoc id = border
# newpar
# sent_id = border-1
# text = She wasn't met by Ruritania's king.
1\tShe\tshe\tPRON\tPRP\t_\t4\tnsubj:pass\t_\t_
2-3\twasn't\t_\t_\t_\t_\t_\t_\t_\t_
2\twas\tbe\tAUX\tVBD\t_\t4\taux:pass\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tmet\tmeet\tVERB\tVBN\t_\t0\troot\t_\t_
5\tby\tby\tADP\tIN\t_\t8\tcase\t_\t_
6-7\tRuritania's\t_\t_\t_\t_\t_\t_\t_\t_
6\tRuritania\tRuritania\tPROPN\tNNP\t_\t8\tnmod:poss\t_\tName=B-LOC
7\t's\t's\tPART\tPOS\t_\t6\tcase\t_\t_
8\tking\tking\tNOUN\tNN\t_\t4\tobl:agent\t_\tSpaceAfter=No
9\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\tSpaceAfter=No

# sent_id = border-2
# text = “Go!”
1\t“\t“\tPUNCT\t``\t_\t2\tpunct\t_\tSpaceAfter=No
2\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
3\t!\t!\tPUNCT\t.\t_\t2\tpunct\t_\tSpaceAfter=No
4\t”\t”\tPUNCT\t''\t_\t2\tpunct\t_\t_

# newpar id = border-p2
# sent_id = border-3
# text = Peace.
1\tPeace\tpeace\tNOUN\tNN\t_\t0\troot\t_\tSpaceAfter=No
2\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_

"""


class Treebank(unittest.TestCase):
    def setUp(self):
        self.sentences = list(treebank.read(BORDER.splitlines()))

    def test_raw_text_has_the_spaces_and_paragraphs_of_the_treebank(self):
        self.assertEqual(treebank.raw(self.sentences), "She wasn't met by Ruritania's king.“Go!”\n\nPeace.\n")

    def test_a_joint_form_has_its_space_after_the_last_word(self):
        self.assertEqual([w.space for w in self.sentences[0].words], [True, False, True, True, True, False, True, False, False])

    def test_bare_words_come_back_as_they_were(self):
        words = [["Borduria", "’s", "flag"], ["旗"]]
        self.assertEqual([[w.form for w in s.words] for s in treebank.read(treebank.bare(words).splitlines())], words)

    def test_relations_are_subject_with_voice_and_oblique_with_preposition(self):
        self.assertEqual(relations.of_ud(self.sentences[0].words), {("subject", 4, 1, True), ("oblique", 4, 8, "by")})

    def test_a_passage_leaves_out_short_sentences_and_repeated_ones(self):
        texts, lines, mean = speed.passage(self.sentences * 2, shortest=3, longest=9)
        self.assertEqual((len(lines), mean), (2, 6.5))
        self.assertEqual(texts, {"border": "She wasn't met by Ruritania's king. “Go!”"})


class Names(unittest.TestCase):
    def test_spans_end_where_a_name_begins_or_the_type_changes(self):
        tags = ["B-PER", "I-PER", "B-PER", "I-LOC", "O", "I-ORG"]
        self.assertEqual(entities.of_iob(tags), [(0, 2, "PER"), (2, 3, "PER"), (3, 4, "LOC"), (5, 6, "ORG")])

    def test_bodies_of_state_are_organisations_and_events_fall_out(self):
        self.assertEqual(entities.mapped([(0, 1, "GOV"), (2, 3, "EVENT")], entities.OURS), {(0, 1, "ORG")})

    def test_f1_counts_both_what_is_missed_and_what_is_too_much(self):
        self.assertEqual(table.f1({1, 2}, {2, 3}), 50.0)


if __name__ == "__main__":
    unittest.main()
