package org.rapport.password;

import java.util.List;

/** Sees passwords that follow the keys of a keyboard, the alphabet or the digits. */
final class KeyboardRuns {

    private static final List<String> RUNS = List.of(
            "abcdefghijklmnopqrstuvwxyz",
            "01234567890",
            "qwertyuiop",
            "qwertzuiop",
            "azertyuiop",
            "asdfghjkl",
            "zxcvbnm",
            "yxcvbnm",
            "!@#$%^&*()",
            "1qaz",
            "2wsx",
            "3edc",
            "4rfv",
            "5tgb",
            "6yhn",
            "7ujm");

    private static final double MOST = 0.7;

    private KeyboardRuns() {}

    /** Whether seven of ten steps from one character to the next go to a neighbour or stay. */
    static boolean makeUp(String password) {
        long steps = 0;
        for (int i = 1; i < password.length(); i++) {
            if (isStep(password.substring(i - 1, i), password.substring(i, i + 1))) {
                steps++;
            }
        }
        return steps >= MOST * (password.length() - 1);
    }

    private static boolean isStep(String from, String to) {
        return from.equals(to) || RUNS.stream().anyMatch(run -> run.contains(from + to) || run.contains(to + from));
    }
}
