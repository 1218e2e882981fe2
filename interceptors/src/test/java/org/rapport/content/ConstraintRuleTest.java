package org.rapport.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConstraintRuleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name.exists() or telecom.exists()",
                "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')",
                "value.matches('^[0-9]{3}-[0-9]{4}$')",
                "value.matches('^[A-Z][a-z]*$') and code.matches('^\\\\d+\\\\.x$')",
                "value.replaceMatches('^a+b', 'c') = 'd'",
                "value.matchesFull('^it\\'s a.*$')",
                "item.repeat(item.answer).exists() and url != 'http://example.org/matches'",
            })
    void allowsNoPatternAndPlainOnes(String expression) {
        assertThat(ConstraintRule.allows(expression)).isTrue();
    }

    @ParameterizedTest
    @DisplayName("PA-007: allows no pattern that could take for ever")
    @ValueSource(
            strings = {
                "name.family.matches('(a+)+$')",
                "name.family.matches('^(a|a)*$')",
                "name.family.matches('^a*a*a*a*b$')",
                "name.family.matches('^a{0,99}a{0,99}a{0,99}b$')",
                "name.family.matches('a*b')",
                "name.family.matches('a{2,}b')",
                "name.family.matches('^(a)*\\\\1$')",
                "name.family.matches('^(?=a*)a*$')",
                "name.family.matches('^a*|b$')",
                "name.family.matches('^[a[b]]*$')",
                "name.family.matches('^a\\u002ba\\u002ba\\u002bb$')",
                "name.family.replaceMatches('(a+)+$', 'x') = 'y'",
                "name.family.matchesFull('(a+)+')",
                "name.family.matches(%resource.id)",
                "name.family.matches('^a' + '*a*b')",
                "name.family.matches ('(a+)+$')",
                "name.family.matches/**/('(a+)+$')",
                "name.family.`matches`('(a+)+$')",
                "'matches('+name.matches(')') and family.matches('(a+)+$')",
                "name.family.matches('^a$').not() and family.matches('(a+)+$')",
                "'matches('//[\n.empty() or family.matches(//]\n',?(a+)+$')",
                "name /* matches */ .exists()",
                "name.family.matches('a{999}a{999}')",
                "'a'.repeat($this & $this).empty()",
                "0.repeatAll($this + 1).empty()",
                "(1|2|3).aggregate($total & $total, 'a')",
                "name = 'it",
            })
    void allowsNoOther(String expression) {
        assertThat(ConstraintRule.allows(expression)).isFalse();
    }
}
