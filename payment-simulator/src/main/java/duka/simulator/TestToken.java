package duka.simulator;

import static java.util.Comparator.comparingInt;

import java.time.Duration;
import java.util.Arrays;

/**
 * What a payment token makes the simulator do: a token's name, and after an underscore what it is
 * to be done with: {@code tok_delay_30} approves after thirty seconds.
 *
 * @param argument empty unless the token has one
 */
record TestToken(Behaviour behaviour, String argument) {

    /** All tokens there are. */
    enum Behaviour {
        /** Approves at once. */
        APPROVE("tok_approve"),
        /** Declines; {@code tok_decline_expired_card} says "expired card". */
        DECLINE("tok_decline"),
        /** Declines for want of money. */
        INSUFFICIENT_FUNDS("tok_insufficient_funds"),
        /** Pending; approves after 5 seconds, or as many as it says, and sends a webhook. */
        DELAY("tok_delay"),
        /** Pending until the customer approves or declines on a page of the simulator. */
        THREE_DS("tok_3ds"),
        /** The same. */
        APPROVAL("tok_approval"),
        /** Approves. Each operation is booked, but its first answer is never sent. */
        DROP("tok_drop"),
        /** Approves, after 2 answers of 500, or as many as it says, with nothing booked. */
        FAULT("tok_500"),
        /** Approves. Each operation is booked, but first answered with a 500. */
        FAULT_AFTER("tok_500_after"),
        /** Pending for a second, then approves; sends every webhook twice. */
        WEBHOOK_TWICE("tok_webhook_twice"),
        /** Pending for a second, then approves; the webhook of "pending" comes last. */
        WEBHOOK_DISORDER("tok_webhook_disorder"),
        /** Approves, but refuses the capture for good. */
        CAPTURE_REFUSED("tok_capture_refused"),
        /** Approves, but refuses every refund for good. */
        REFUND_REFUSED("tok_refund_refused"),
        /** Approves, but takes 10 seconds to answer, or as many as it says. */
        SLOW("tok_slow"),
        /** Any other token: declines. */
        INVALID("");

        private final String token;

        Behaviour(String token) {
            this.token = token;
        }
    }

    static TestToken of(String text) {
        return Arrays.stream(Behaviour.values())
                .filter(behaviour -> behaviour != Behaviour.INVALID)
                .filter(behaviour -> (text + "_").startsWith(behaviour.token + "_"))
                .max(comparingInt(behaviour -> behaviour.token.length()))
                .map(behaviour -> new TestToken(behaviour, argument(text, behaviour)))
                .filter(TestToken::isMeaningful)
                .orElse(new TestToken(Behaviour.INVALID, ""));
    }

    /** How long an authorization is pending before it approves itself. */
    Duration delay() {
        return behaviour == Behaviour.DELAY ? seconds(5) : Duration.ofSeconds(1);
    }

    Duration slowness() {
        return seconds(10);
    }

    int faults() {
        return argument.isEmpty() ? 2 : Integer.parseInt(argument);
    }

    String declineReason() {
        return switch (behaviour) {
            case INSUFFICIENT_FUNDS -> "insufficient funds";
            case INVALID -> "invalid token";
            default -> argument.isEmpty() ? "card declined" : argument.replace('_', ' ');
        };
    }

    /** Whether it approves itself when {@link #delay} has passed. */
    boolean approvesLater() {
        return switch (behaviour) {
            case DELAY, WEBHOOK_TWICE, WEBHOOK_DISORDER -> true;
            default -> false;
        };
    }

    boolean needsTheCustomer() {
        return behaviour == Behaviour.THREE_DS || behaviour == Behaviour.APPROVAL;
    }

    boolean declines() {
        return switch (behaviour) {
            case DECLINE, INSUFFICIENT_FUNDS, INVALID -> true;
            default -> false;
        };
    }

    private Duration seconds(int otherwise) {
        return Duration.ofSeconds(argument.isEmpty() ? otherwise : Integer.parseInt(argument));
    }

    private boolean isMeaningful() {
        return switch (behaviour) {
            case DECLINE -> true;
            case DELAY, SLOW, FAULT -> argument.matches("\\d{0,4}");
            default -> argument.isEmpty();
        };
    }

    private static String argument(String text, Behaviour behaviour) {
        var name = behaviour.token;
        return text.length() > name.length() ? text.substring(name.length() + 1) : "";
    }
}
