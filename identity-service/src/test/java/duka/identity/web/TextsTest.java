package duka.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

    @ParameterizedTest
    @CsvSource({
        "amina,              Amina",
        "'  mary   jane ',   Mary Jane",
        "mary-jane o'brien,  Mary-Jane O'brien",
        "ng'ang'a,           Ng'ang'a",
        "élodie,             Élodie",
        "Ngũgĩ wa Thiong'o,  Ngũgĩ wa Thiong'o",
        "McDonald,           McDonald",
        "王小明,              王小明"
    })
    void a_name_without_capitals_gets_them(String written, String name) {
        assertThat(Texts.titled(written)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "+254700000001,        +254700000001",
        "+254 (700) 000-001,   +254700000001",
        "' +44 20 7946 0958 ', +442079460958",
        "'',                   ''"
    })
    void a_number_is_written_in_one_way(String written, String number) {
        assertThat(written).matches(Texts.PHONE);
        assertThat(Texts.phone(written)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0700000001",
                "254700000001",
                "+0700000001",
                "+123",
                "+1234567890123456",
                "+25470000000a"
            })
    void what_is_no_international_number_is_none(String written) {
        assertThat(written).doesNotMatch(Texts.PHONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"R2D2", "<b>", "a@b", "Amina\nOtieno", "a_b", "$"})
    void what_has_more_than_letters_is_no_name(String written) {
        assertThat(written).doesNotMatch(Texts.NAME);
    }
}
