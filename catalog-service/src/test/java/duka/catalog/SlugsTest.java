package duka.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlugsTest {

    final UUID id = UUID.fromString("0190b5d0-1111-7222-8333-444455556666");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            Arm chair (oak), crème | arm-chair-oak-creme
            --Home & Kitchen--     | home-kitchen
            椅子                    | unnamed
            """)
    void a_name_becomes_words_for_an_address(String name, String slug) {
        assertThat(Slugs.wishes(name, id, 220).getFirst()).isEqualTo(slug);
    }

    @Test
    void a_name_that_looks_like_an_id_does_not_hide_what_has_it() {
        assertThat(Slugs.wishes(id.toString(), id, 220).getFirst()).isEqualTo("no-" + id);
    }

    @Test
    void a_taken_name_is_numbered_and_in_the_end_unmistakable() {
        assertThat(Slugs.wishes("Chair", id, 220))
                .startsWith("chair", "chair-2", "chair-3")
                .last()
                .isEqualTo("chair-0190b5d0111172228333444455556666");
    }

    @Test
    void a_long_name_is_cut_to_what_fits() {
        assertThat(Slugs.wishes("x".repeat(200) + " " + "y".repeat(200), id, 201))
                .allSatisfy(slug -> assertThat(slug).hasSizeLessThanOrEqualTo(201))
                .doesNotHaveDuplicates()
                .first()
                .isEqualTo("x".repeat(200));
    }
}
