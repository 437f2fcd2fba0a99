package duka.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {

    @Test
    void versions_are_compared_as_numbers() {
        assertThat(Version.of("1.10.0")).isGreaterThan(Version.of("1.9.9"));
        assertThat(Version.of("2.0.0")).isGreaterThan(Version.of("1.10.0"));
        assertThat(Version.of("1.0.1")).isGreaterThan(Version.of("1.0.0"));
        assertThat(Version.of("1.0.0")).isEqualByComparingTo(Version.of("1.0.0"));
    }

    @Test
    void after_a_release_the_next_minor_one_is_worked_on() {
        assertThat(Version.of("1.4.2").snapshotAfter()).isEqualTo("1.5.0-SNAPSHOT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.0",
                "1.0.0-SNAPSHOT",
                "01.0.0",
                "1.0.0.0",
                "v1.0.0",
                "1.0.9999999"
            })
    void what_is_no_version_is_refused(String text) {
        assertThatThrownBy(() -> Version.of(text))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(text);
    }
}
