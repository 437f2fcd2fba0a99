package duka.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/** Holds a 202 back for as long as its caller would rather wait for the {@link Outcomes}. */
final class OutcomeFilter extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(OutcomeFilter.class);

    private final Outcomes outcomes;
    private final JsonMapper json;
    private final Duration most;

    OutcomeFilter(Outcomes outcomes, JsonMapper json, Duration most) {
        this.outcomes = outcomes;
        this.json = json;
        this.most = most;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var patience = outcomes.patience(request, Prefer.of(request, most));
        if (!patience.isPositive()) {
            chain.doFilter(request, response);
            return;
        }
        var held = new HeldResponse(response);
        chain.doFilter(new HeldResponse.Request(request, held), held);
        var outcome = outcome(held, patience);
        if (outcome.isPresent()) {
            answer(held, outcome.get());
        }
        held.release();
    }

    /** What has been accepted stays accepted, whatever happens while we wait. */
    private Optional<ResponseEntity<?>> outcome(HeldResponse held, Duration patience) {
        var location = held.getHeader(HttpHeaders.LOCATION);
        if (held.getStatus() != HttpStatus.ACCEPTED.value() || location == null) {
            return Optional.empty();
        }
        try {
            return outcomes.await(URI.create(location), patience);
        } catch (RuntimeException e) {
            log.warn("Could not wait for the outcome of {}", location, e);
            return Optional.empty();
        }
    }

    private void answer(HeldResponse held, ResponseEntity<?> outcome) throws IOException {
        held.resetBuffer();
        held.setStatus(outcome.getStatusCode().value());
        held.setHeader("Preference-Applied", "wait");
        outcome.getHeaders()
                .forEach((name, values) -> values.forEach(value -> held.setHeader(name, value)));
        if (outcome.getBody() != null) {
            if (outcome.getHeaders().getContentType() == null) {
                held.setContentType(MediaType.APPLICATION_JSON_VALUE);
            }
            held.getOutputStream().write(json.writeValueAsBytes(outcome.getBody()));
        }
    }
}
