package duka.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

    @Test
    void flags_options_and_words_may_come_in_any_order() {
        var arguments = given("order", "--customers", "8", "--hot", "--scenario=browse");

        assertThat(arguments.has("--hot")).isTrue();
        assertThat(arguments.number("--customers", 32, 1, 100)).isEqualTo(8);
        assertThat(arguments.option("--scenario")).contains("browse");
        assertThat(arguments.word()).contains("order");
    }

    @Test
    void what_is_not_said_is_as_usual() {
        assertThat(given().number("--customers", 32, 1, 100)).isEqualTo(32);
        assertThat(given().has("--hot")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--cold", "--hot=yes", "-x", "--customers", "one two"})
    void what_makes_no_sense_is_refused(String words) {
        assertThatThrownBy(() -> given(words.split(" "))).isInstanceOf(Misuse.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "0", "101", ""})
    void a_number_is_a_number_within_its_bounds(String number) {
        assertThatThrownBy(() -> given("--customers=" + number).number("--customers", 32, 1, 100))
                .isInstanceOf(Misuse.class);
    }

    @Test
    void a_misused_command_line_ends_with_2() {
        assertThat(Duka.run(List.of("dance"))).isEqualTo(2);
        assertThat(Duka.run(List.of("up", "--now"))).isEqualTo(2);
        assertThat(Duka.run(List.of("bench", "--scenario", "dance", "--customers", "x")))
                .isNotZero();
    }

    private static Arguments given(String... words) {
        return new Arguments(
                "bench", List.of(words), Set.of("--hot"), Set.of("--customers", "--scenario"), 1);
    }
}
