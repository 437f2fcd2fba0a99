package duka.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.ResponseEntity;

/**
 * The better answer that a service may have for a caller who would rather wait than be told {@code
 * 202}. It is asked once that 202 stands committed, outside any transaction, for first answers and
 * replays alike; the answer kept under an idempotency key is the 202.
 */
public interface Outcomes {

    /** How long this POST waits for its outcome; zero where it does not. */
    Duration patience(HttpServletRequest request, Prefer prefer);

    /**
     * Waits.
     *
     * @param accepted the 202's {@code Location}
     * @return nothing when it was not decided in time, and the 202 goes out as it is
     */
    Optional<ResponseEntity<?>> await(URI accepted, Duration patience);
}
