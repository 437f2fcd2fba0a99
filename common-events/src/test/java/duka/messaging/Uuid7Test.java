package duka.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class Uuid7Test {

    final Clock clock = Clock.fixed(Instant.parse("2026-11-21T20:00:00.123Z"), ZoneOffset.UTC);

    @Test
    void it_is_a_uuid_of_version_7_that_tells_its_time() {
        var clock = Clock.offset(this.clock, Duration.ofDays(1)); // no other test has minted then
        var id = Uuid7.mint(clock);

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(Uuid7.instant(id)).isEqualTo(clock.instant());
        assertThat(Uuid7.instant(UUID.fromString("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")))
                .isEqualTo(Instant.parse("2022-02-22T19:22:22Z"));
    }

    @Test
    void ids_minted_in_the_same_millisecond_ascend() {
        var ids = Stream.generate(() -> Uuid7.mint(clock)).limit(4_000).toList();

        assertThat(ids).isSortedAccordingTo(Comparator.comparing(UUID::toString));
    }

    @Test
    void many_threads_mint_no_id_twice() throws Exception {
        Callable<List<UUID>> minting =
                () -> Stream.generate(() -> Uuid7.mint(clock)).limit(2_000).toList();
        try (var threads = Executors.newFixedThreadPool(8)) {
            var minted =
                    threads.invokeAll(Stream.generate(() -> minting).limit(8).toList()).stream()
                            .flatMap(Uuid7Test::ids)
                            .toList();

            assertThat(minted).hasSize(16_000).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_clock_that_is_set_back_is_believed() {
        Uuid7.mint(Clock.offset(clock, Duration.ofHours(1)));

        assertThat(Uuid7.instant(Uuid7.mint(clock))).isEqualTo(clock.instant());
    }

    @Test
    void other_versions_tell_no_time() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                Uuid7.instant(
                                        UUID.fromString("f47ac10b-58cc-4372-a567-0e02b2c3d479")));
    }

    private static Stream<UUID> ids(Future<List<UUID>> minted) {
        try {
            return minted.get().stream();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
