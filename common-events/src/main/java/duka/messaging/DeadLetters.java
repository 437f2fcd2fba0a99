package duka.messaging;

import duka.messaging.Parking.Place;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** What a service could not take in, for a person to look at and to try again once it can work. */
public class DeadLetters {

    /**
     * How a retry went.
     *
     * @param takenIn how many records are no longer parked
     * @param stuck the one at which it stopped, with the new reason; none when all were taken in
     */
    public record Retry(int takenIn, @Nullable DeadLetter stuck) {}

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private final Parking parking;
    private final Deliveries deliveries;
    private final TransactionTemplate transaction;

    DeadLetters(Parking parking, Deliveries deliveries, TransactionTemplate transaction) {
        this.parking = parking;
        this.deliveries = deliveries;
        this.transaction = transaction;
    }

    /** Those of one listener, of one key, or of both; null stands for all. Longest parked first. */
    public List<DeadLetter> list(
            @Nullable String listener, @Nullable String key, int limit, long offset) {
        return parking.list(listener, key, limit, offset);
    }

    public long count(@Nullable String listener, @Nullable String key) {
        return parking.count(listener, key);
    }

    public Optional<DeadLetter> find(UUID id) {
        return parking.find(id);
    }

    /**
     * Takes in this record and all others parked under its key, in their order, each in its own
     * transaction, up to the first that fails again. Empty if there is no such record.
     */
    public Optional<Retry> retry(UUID id) {
        return parking.find(id).map(this::retry);
    }

    private Retry retry(DeadLetter asked) {
        int takenIn = 0;
        var next = Optional.of(asked);
        while (true) {
            if (asked.key() != null) {
                next = parking.first(new Place(asked.listener(), asked.key()));
            }
            if (next.isEmpty()) {
                return new Retry(takenIn, null);
            }
            var letter = next.get();
            try {
                transaction.executeWithoutResult(_ -> takeIn(letter));
            } catch (RuntimeException | Error fault) {
                return new Retry(takenIn, stuck(letter, fault));
            }
            takenIn++;
            next = Optional.empty();
        }
    }

    private void takeIn(DeadLetter letter) {
        if (letter.key() != null) {
            parking.lock(new Place(letter.listener(), letter.key()));
        }
        if (parking.remove(letter)) { // or else somebody else retries it too, and was first
            deliveries
                    .to(letter.listener())
                    .orElseThrow(
                            () ->
                                    new IllegalStateException(
                                            "nobody listens as %s any more"
                                                    .formatted(letter.listener())))
                    .takeInAgain(Parking.message(letter));
            log.info("Took in dead letter {} of key {}", letter.id(), letter.key());
        }
    }

    private DeadLetter stuck(DeadLetter letter, Throwable fault) {
        log.warn("Dead letter {} of key {} failed again", letter.id(), letter.key(), fault);
        transaction.executeWithoutResult(_ -> parking.failedAgain(letter, Faults.reason(fault)));
        return parking.find(letter.id()).orElse(letter);
    }
}
