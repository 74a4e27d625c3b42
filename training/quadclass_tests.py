"""What must hold of the data of quadclass.py: python -m unittest quadclass_tests"""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import numpy

import quadclass_data as corpus

TEXTS = [
    "3. Decides to remain seized of the matter.",
    "The council of Ruritania met the envoy of Sylvania in Zenda on Monday.",
    "16. Decides to remain seized of the matter.",
    "The council of Ruritania met the envoy of Sylvania in Zenda on Friday.",
    "Freedonia shelled the port.",
]


class Data(unittest.TestCase):
    def test_a_text_is_read_with_and_without_quotes(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "file.tsv"
            path.write_bytes('en\tQuadClass\r\n"He said ""no"", twice"\t3\r\n"Left open\t1\r\n'.encode())
            self.assertEqual(list(corpus.table(path)), [('He said "no", twice', 3), ('"Left open', 1)])

    def test_near_duplicates_are_found_and_others_are_left_alone(self):
        self.assertEqual(corpus.duplicates(TEXTS), [0, 1, 0, 1, 4])

    def test_groups_do_not_depend_on_the_seed_of_hashes(self):
        code = f"import quadclass_data as c; print(c.duplicates({TEXTS * 3!r}))"
        run = lambda seed: subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        self.assertEqual(run("1"), run("2"))

    def test_a_group_stays_in_one_fold_and_classes_are_spread(self):
        groups, strata = [i // 3 for i in range(300)], [i // 3 % 2 for i in range(300)]
        dealt = corpus.folds(groups, strata, seed=1)
        self.assertEqual(len({(g, f) for g, f in zip(groups, dealt)}), 100)
        self.assertEqual({sum(f == k and s == 0 for f, s in zip(dealt, strata)) for k in range(5)}, {30})

    def test_hash_is_fnv_1a(self):
        self.assertEqual(corpus.fnv("foobar"), 0xBF9CF968)

    def test_features_are_words_pairs_and_letters_with_digits_hidden(self):
        self.assertEqual(list(corpus.ngrams(["in", "2005"])), ["win", "w#", "bin #", "c^in", "cin$", "c^in$", "c^#$"])

    def test_half_sure_and_always_right_is_half_off(self):
        self.assertAlmostEqual(corpus.calibration_error(numpy.array([[0.5, 0.5]] * 4), numpy.zeros(4)), 0.5)


if __name__ == "__main__":
    unittest.main()
