package duka.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ChangelogTest {

    private static final Changelog CHANGELOG =
            new Changelog(
                    """
                    # order-service

                    ## Unreleased

                    - Orders can be split.

                    ## 1.0.0 (2026-11-22)

                    - The first release.
                    """);

    @Test
    void what_was_unreleased_comes_under_the_version() {
        var released = CHANGELOG.release(Version.of("1.1.0"), LocalDate.of(2026, 12, 1));

        assertThat(released.text())
                .isEqualTo(
                        """
                        # order-service

                        ## Unreleased

                        ## 1.1.0 (2026-12-01)

                        - Orders can be split.

                        ## 1.0.0 (2026-11-22)

                        - The first release.
                        """);
        assertThat(released.tellsOf(Version.of("1.1.0"))).isTrue();
        assertThat(released.tellsOf(Version.of("1.2.0"))).isFalse();
    }

    @Test
    void it_has_news_as_long_as_something_is_unreleased() {
        assertThat(CHANGELOG.hasNews()).isTrue();
        assertThat(CHANGELOG.release(Version.of("1.1.0"), LocalDate.EPOCH).hasNews()).isFalse();
        assertThat(new Changelog("# new\n\n## Unreleased\n").hasNews()).isFalse();
        assertThat(new Changelog("# new\n\n## Unreleased\n\n- The first.\n").hasNews()).isTrue();
        assertThat(new Changelog("# new\n\n- The first.\n").hasNews()).isFalse();
    }
}
