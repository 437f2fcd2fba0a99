package duka.web.sample;

import duka.web.Outcomes;
import duka.web.Prefer;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@Component
class NoteOutcomes implements Outcomes {

    private final JdbcClient jdbc;

    NoteOutcomes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Duration patience(HttpServletRequest request, Prefer prefer) {
        return request.getRequestURI().endsWith("/accepted") ? prefer.patience() : Duration.ZERO;
    }

    @Override
    public Optional<ResponseEntity<?>> await(URI accepted, Duration patience) {
        var path = accepted.getPath();
        if (patience.toSeconds() == 13) {
            throw new IllegalStateException("the database is away");
        }
        return jdbc.sql("select text from notes where id = ? and text <> 'slow'")
                .param(UUID.fromString(path.substring(path.lastIndexOf('/') + 1)))
                .query(String.class)
                .optional()
                .map(
                        text ->
                                ResponseEntity.status(HttpStatus.CREATED)
                                        .body(
                                                Map.of(
                                                        "text",
                                                        text,
                                                        "in_transaction",
                                                        TransactionSynchronizationManager
                                                                .isActualTransactionActive())));
    }
}
