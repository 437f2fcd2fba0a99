package duka.web;

import duka.web.IdempotencyKeys.Answer;
import duka.web.IdempotencyKeys.Claim;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.TransactionStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Honours {@code Idempotency-Key}: the same key gets the same answer and its work is done once.
 *
 * <p>Work and answer are one transaction, opened here around the whole request. A 2xx commits both,
 * and only then does the client hear of it; anything else leaves nothing behind, so that the key
 * may be used again.
 *
 * <p>A key is its sender's: a caller's, or that of a guest who is known by a cart's token. A key
 * that nobody known sends is not looked at, nor is one on the paths that take no part, see {@link
 * #EXEMPT}.
 */
final class IdempotencyFilter extends OncePerRequestFilter {

    static final String KEY = "Idempotency-Key";
    static final String REPLAYED = "Idempotent-Replayed";

    private static final String CART_TOKEN = "Cart-Token";

    /**
     * Sign-ups and tokens must not be kept; a webhook has its own way of coming twice. Confirming a
     * payment and collecting an order answer the same thing again anyway, and wait for somebody
     * else, which they must not do in a transaction.
     */
    private static final List<String> EXEMPT =
            List.of(
                    "/api/v1/auth/",
                    "/api/v1/webhooks/",
                    "/api/v1/payments/confirm",
                    "/api/v1/orders/create");

    private static final Pattern VISIBLE = Pattern.compile("[!-~]{1,255}");
    private static final Duration SOON = Duration.ofSeconds(1);

    private final IdempotencyKeys keys;
    private final ProblemWriter problems;
    private final ObjectProvider<HandlerExceptionResolver> faults;

    IdempotencyFilter(
            IdempotencyKeys keys,
            ProblemWriter problems,
            ObjectProvider<HandlerExceptionResolver> faults) {
        this.keys = keys;
        this.problems = problems;
        this.faults = faults;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST")
                || request.getHeader(KEY) == null
                || isExempt(request.getRequestURI());
    }

    static boolean isExempt(String path) {
        return EXEMPT.stream().anyMatch(path::startsWith);
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var sender = sender(request);
        if (sender.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        var key = request.getHeader(KEY);
        if (!VISIBLE.matcher(key).matches()) {
            problems.write(
                    request,
                    response,
                    Refused.invalid(KEY, "must be 1 to 255 visible ASCII characters"));
            return;
        }
        var held = new HeldResponse(response);
        try {
            var guarded = GuardedRequest.of(request, held, key);
            var id = id(sender.get(), request, key);
            var refusal = keys.guarded(turn -> answer(turn, id, guarded, held, chain));
            if (refusal.why() != null) {
                problems.write(request, response, refusal.why());
            } else {
                held.release();
            }
        } catch (Escaped e) {
            throw e.rethrow();
        } catch (BodyLimit.Exceeded e) {
            problems.write(request, response, SharedProblems.tooLarge());
        } catch (RuntimeException e) {
            explain(request, response, held, e);
        }
    }

    /** Nothing if the answer stands in the held response. */
    private record Refusal(@Nullable Refused why) {

        static final Refusal NONE = new Refusal(null);
    }

    private Refusal answer(
            TransactionStatus turn,
            byte[] id,
            GuardedRequest request,
            HeldResponse held,
            FilterChain chain) {
        return switch (keys.claim(id)) {
            case Claim.Taken _ -> {
                turn.setRollbackOnly();
                yield new Refusal(inProgress());
            }
            case Claim.Answered(var answer) when !same(answer.request(), request.hash()) ->
                    new Refusal(reused());
            case Claim.Answered(var answer) -> {
                replay(answer, held);
                yield Refusal.NONE;
            }
            case Claim.Free _ -> {
                pass(chain, request, held);
                yield settle(turn, id, request, held);
            }
        };
    }

    private Refusal settle(
            TransactionStatus turn, byte[] id, GuardedRequest request, HeldResponse held) {
        if (held.isReleased()) {
            return Refusal.NONE; // asynchronous: on its way already, there is nothing to keep
        }
        if (!HttpStatus.valueOf(held.getStatus()).is2xxSuccessful()) {
            turn.setRollbackOnly();
            return Refusal.NONE;
        }
        if (held.containsHeader(CART_TOKEN)) {
            return Refusal.NONE; // a new secret, which is kept nowhere and so cannot be replayed
        }
        var answer =
                new Answer(
                        request.hash(),
                        held.getStatus(),
                        held.getHeader(HttpHeaders.LOCATION),
                        held.getHeader(HttpHeaders.ETAG),
                        held.getContentType(),
                        held.getContentAsByteArray());
        if (keys.keep(id, answer)) {
            return Refusal.NONE;
        }
        turn.setRollbackOnly();
        held.reset();
        return new Refusal(inProgress());
    }

    private static void replay(Answer answer, HeldResponse held) {
        held.setStatus(answer.status());
        header(held, HttpHeaders.LOCATION, answer.location());
        header(held, HttpHeaders.ETAG, answer.etag());
        held.setHeader(REPLAYED, "true");
        if (answer.contentType() != null) {
            held.setContentType(answer.contentType());
        }
        try {
            held.getOutputStream().write(answer.body());
        } catch (IOException e) {
            throw new Escaped(e);
        }
    }

    /** The commit has failed: the answer made meanwhile is void, the fault takes its place. */
    private void explain(
            HttpServletRequest request,
            HttpServletResponse response,
            HeldResponse held,
            RuntimeException fault)
            throws ServletException {
        held.reset();
        if (faults.getObject().resolveException(request, response, null, fault) == null) {
            throw new ServletException(fault);
        }
    }

    private static void pass(FilterChain chain, GuardedRequest request, HeldResponse held) {
        try {
            chain.doFilter(request, held);
        } catch (IOException | ServletException e) {
            throw new Escaped(e);
        }
    }

    private static Refused inProgress() {
        return new Refused(
                        HttpStatus.CONFLICT,
                        "request-in-progress",
                        "A request with this key is being worked on. Ask again for its answer.")
                .retryAfter(SOON);
    }

    private static Refused reused() {
        return new Refused(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "idempotency-key-reused",
                "This key has been used for another request.");
    }

    private static void header(HttpServletResponse response, String name, @Nullable String value) {
        if (value != null) {
            response.setHeader(name, value);
        }
    }

    private static boolean same(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }

    /** A token looks like no caller's id, and leaves here only as part of a hash. */
    private static Optional<String> sender(HttpServletRequest request) {
        return Caller.current()
                .map(caller -> caller.id().toString())
                .or(
                        () ->
                                Optional.ofNullable(request.getHeader(CART_TOKEN))
                                        .map(token -> CART_TOKEN + " " + token));
    }

    private static byte[] id(String sender, HttpServletRequest request, String key) {
        return GuardedRequest.sha256()
                .digest(
                        String.join("\n", sender, request.getMethod(), request.getRequestURI(), key)
                                .getBytes(StandardCharsets.UTF_8));
    }

    /** Carries what the rest of the chain threw through the transaction. */
    private static final class Escaped extends RuntimeException {

        Escaped(Exception cause) {
            super(cause);
        }

        ServletException rethrow() throws IOException {
            if (getCause() instanceof IOException io) {
                throw io;
            }
            return getCause() instanceof ServletException servlet
                    ? servlet
                    : new ServletException(getCause());
        }
    }
}
