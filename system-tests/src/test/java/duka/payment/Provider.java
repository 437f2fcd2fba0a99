package duka.payment;

import duka.payment.SimulatorApi.AuthorizationStatus;
import duka.payment.SimulatorApi.Operation;
import duka.payment.SimulatorApi.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a payment provider has in its own books about one order: the same as the simulator does, but
 * whether it says yes or no is for the model to choose.
 *
 * @param authorization none before it was asked for one
 * @param authorizations how many it was asked for
 * @param answers the answer to each key, which stays the same however often it is asked
 */
record Provider(
        @Nullable AuthorizationStatus authorization,
        int authorizations,
        Map<String, Operation> answers,
        long amount,
        long captured,
        long refunded,
        int refusals) {

    private static final String AUTHORIZATION = "auth";

    /** What it may choose. */
    enum Choice {
        YES,
        NO,
        LATER
    }

    static Provider initial() {
        return new Provider(null, 0, Map.of(), 0, 0, 0, 0);
    }

    /** Whether money is held, or may come to be. */
    boolean isLive() {
        return authorization == AuthorizationStatus.AUTHORIZED
                || authorization == AuthorizationStatus.PENDING;
    }

    boolean isPending() {
        return authorization == AuthorizationStatus.PENDING;
    }

    boolean knows(Request request) {
        return answers.containsKey(request.key());
    }

    Operation operation(Request request) {
        return answers.get(request.key());
    }

    List<Choice> choices(Request request) {
        if (knows(request)) {
            return List.of(Choice.YES);
        }
        return switch (request) {
            case Request.Authorize _ -> List.of(Choice.values());
            case Request.Capture _ -> List.of(Choice.YES, Choice.NO);
            case Request.Void _ -> List.of(Choice.YES);
            case Request.Refund _ ->
                    refusals == 0 ? List.of(Choice.YES, Choice.NO) : List.of(Choice.YES);
        };
    }

    Provider asked(Request request, Choice choice) {
        if (knows(request)) {
            return this;
        }
        return switch (request) {
            case Request.Authorize asked -> authorize(asked, choice);
            case Request.Capture _ -> {
                var may = authorization == AuthorizationStatus.AUTHORIZED && choice == Choice.YES;
                yield may
                        ? with(AuthorizationStatus.CAPTURED, amount, refunded)
                                .answering(request, Status.SUCCEEDED)
                        : answering(request, Status.REFUSED);
            }
            case Request.Void _ ->
                    isLive()
                            ? with(AuthorizationStatus.VOIDED, captured, refunded)
                                    .givenUp()
                                    .answering(request, Status.SUCCEEDED)
                            : answering(request, Status.REFUSED);
            case Request.Refund refund -> refund(refund, choice);
        };
    }

    /** By the customer, on a page of the provider. */
    Provider decided(boolean approved) {
        var next =
                with(
                        approved ? AuthorizationStatus.AUTHORIZED : AuthorizationStatus.DECLINED,
                        captured,
                        refunded);
        return next.pendingIs(approved ? Status.SUCCEEDED : Status.REFUSED);
    }

    private Provider authorize(Request.Authorize asked, Choice choice) {
        if (asked.token() == null) {
            throw new IllegalStateException("asked for an authorization without a token");
        }
        var begun =
                new Provider(
                        switch (choice) {
                            case YES -> AuthorizationStatus.AUTHORIZED;
                            case NO -> AuthorizationStatus.DECLINED;
                            case LATER -> AuthorizationStatus.PENDING;
                        },
                        authorizations + 1,
                        answers,
                        asked.amount().minorUnits(),
                        captured,
                        refunded,
                        refusals);
        return begun.answering(
                asked,
                switch (choice) {
                    case YES -> Status.SUCCEEDED;
                    case NO -> Status.REFUSED;
                    case LATER -> Status.PENDING;
                });
    }

    private Provider refund(Request.Refund asked, Choice choice) {
        var part = asked.amount().minorUnits();
        return choice == Choice.YES && part <= captured - refunded
                ? with(authorization, captured, refunded + part).answering(asked, Status.SUCCEEDED)
                : new Provider(
                                authorization,
                                authorizations,
                                answers,
                                amount,
                                captured,
                                refunded,
                                refusals + 1)
                        .answering(asked, Status.REFUSED);
    }

    /** What was pending when it was voided will never be approved. */
    private Provider givenUp() {
        return pendingIs(Status.REFUSED);
    }

    private Provider pendingIs(Status status) {
        var changed = new HashMap<String, Operation>();
        answers.forEach(
                (key, old) ->
                        changed.put(key, old.status() == Status.PENDING ? operation(status) : old));
        return keeping(changed);
    }

    private Provider answering(Request request, Status status) {
        var more = new HashMap<>(answers);
        more.put(request.key(), operation(status));
        return keeping(more);
    }

    private Operation operation(Status status) {
        return new Operation(status, AUTHORIZATION, authorization, "as the model chose", null);
    }

    private Provider keeping(Map<String, Operation> now) {
        return new Provider(
                authorization,
                authorizations,
                Map.copyOf(now),
                amount,
                captured,
                refunded,
                refusals);
    }

    private Provider with(@Nullable AuthorizationStatus now, long nowCaptured, long nowRefunded) {
        return new Provider(
                now, authorizations, answers, amount, nowCaptured, nowRefunded, refusals);
    }
}
