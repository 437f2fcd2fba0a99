package duka.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BookmarkTest {

    @Test
    void it_comes_back_as_it_went() {
        var bookmark = new Bookmark("TkFNRQ-x_", 1_000_000L);

        assertThat(bookmark).hasToString("TkFNRQ-x_.1000000");
        assertThat(Bookmark.of(bookmark.toString())).isEqualTo(bookmark);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0192d5c0-0000-7000-8000-000000000001", "a.b", ".", "a.-1", "a. 1"})
    void a_cursor_without_a_count_is_a_place_of_which_the_count_is_not_known(String cursor) {
        assertThat(Bookmark.of(cursor)).isEqualTo(new Bookmark(cursor, null));
        assertThat(new Bookmark(cursor, null)).hasToString(cursor);
    }

    @ParameterizedTest
    @CsvSource({"a.1.2, a.1, 2", "'.7', '', 7"})
    void only_what_is_last_is_the_count(String cursor, String place, long count) {
        assertThat(Bookmark.of(cursor)).isEqualTo(new Bookmark(place, count));
    }

    @Test
    void a_number_that_is_no_count_is_part_of_the_place() {
        assertThat(Bookmark.of("a.12345678901234567890").count()).isNull();
    }
}
