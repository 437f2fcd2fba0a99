package duka.local;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One caller who asks again, with the same words under the same key, until there is an answer that
 * settles the matter. Every write comes to be done once or refused, whatever is lost on the way.
 */
final class Insistent {

    static final String KEY = "Idempotency-Key";

    /** Less than the shop may take, so that some answers come when nobody waits for them. */
    private static final Duration PER_ANSWER = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final int LONGEST_PAUSE_MILLIS = 1000;

    /** The problems that pass. */
    private static final Set<String> NOT_YET =
            Set.of(
                    "/problems/request-in-progress",
                    "/problems/changed-meanwhile",
                    "/problems/order-not-known-yet",
                    "/problems/payment-not-known-yet");

    private final Api guest;
    private final String email;
    private final Answers answers;
    private @Nullable Api signedIn;
    private long signedInAt;

    Insistent(Api guest, String email, Answers answers) {
        this.guest = guest.within(PER_ANSWER);
        this.email = email;
        this.answers = answers;
    }

    /** Headers for a request that is meant to be done once. */
    static Map<String, String> once() {
        return Map.of(KEY, UUID.randomUUID().toString());
    }

    Api.Answer get(String path) {
        return send("GET", path, null, Map.of());
    }

    Api.Answer post(String path, Object body) {
        return send("POST", path, body, once());
    }

    /**
     * @throws Trouble if no answer settles it in any reasonable time
     */
    Api.Answer send(
            String method, String path, @Nullable Object body, Map<String, String> headers) {
        return insist(
                method + " " + path,
                () -> {
                    var api = signedIn();
                    var answer = api.send(method, path, body, headers);
                    if (answer.status() == 401) {
                        signOut(api);
                    }
                    return answer;
                });
    }

    private Api.Answer insist(String what, Supplier<Api.Answer> attempt) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Api.Answer answer = ask(attempt);
            if (answer != null && isSettled(answer)) {
                return answer;
            }
            if (System.nanoTime() > end) {
                throw new Trouble(
                        "%s has had no answer for %d s, the last was %s"
                                .formatted(what, PATIENCE.toSeconds(), answer));
            }
            Processes.pause(
                    Duration.ofMillis(
                            ThreadLocalRandom.current().nextInt(50, LONGEST_PAUSE_MILLIS)));
        }
    }

    private Api.@Nullable Answer ask(Supplier<Api.Answer> attempt) {
        try {
            Api.Answer answer = attempt.get();
            answers.count(answer.status());
            return answer;
        } catch (Unanswered e) {
            answers.countNone();
            return null;
        }
    }

    private static boolean isSettled(Api.Answer answer) {
        return switch (answer.status()) {
            case 401, 408, 429 -> false;
            case 404, 409 -> !NOT_YET.contains(answer.text("type"));
            default -> answer.status() < 500;
        };
    }

    private synchronized Api signedIn() {
        Api api = signedIn;
        if (api == null || System.nanoTime() - signedInAt > Account.SIGN_IN_LASTS.toNanos()) {
            var credentials = Map.of("username", email, "password", Demo.PASSWORD);
            var answer =
                    insist("Signing in", () -> guest.post("/api/v1/auth/token", credentials))
                            .expect(200);
            api = guest.as(answer.text("access"));
            signedIn = api;
            signedInAt = System.nanoTime();
        }
        return api;
    }

    private synchronized void signOut(Api refused) {
        if (signedIn == refused) {
            signedIn = null;
        }
    }

    /** Sends a form to the page that a customer was sent to, as their browser would. */
    void decide(String page, boolean approve) {
        insist(
                "POST " + page,
                () -> guest.submit(page, "decision=" + (approve ? "approve" : "decline")));
    }
}
