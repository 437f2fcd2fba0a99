package duka.local;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one customer was told of their orders, to be held against what has become of them. */
final class Promises {

    private static final Set<String> DECIDED = Set.of("CONFIRMED", "REJECTED", "CANCELLED");

    private final String customer;
    private final Map<String, List<String>> toldByOrder = new LinkedHashMap<>();
    private final Set<String> mayBeCancelled = new HashSet<>();
    private final Set<String> cancelled = new HashSet<>();
    private final List<String> broken = new ArrayList<>();

    Promises(String customer) {
        this.customer = customer;
    }

    static boolean isDecided(String status) {
        return DECIDED.contains(status);
    }

    /** A confirmation was answered with this order. */
    synchronized void ordered(String order) {
        toldByOrder.computeIfAbsent(order, _ -> new ArrayList<>());
    }

    /** A confirmation that had been answered before was repeated under its key. */
    synchronized void answeredAgain(String order, Api.Answer answer) {
        if (!answer.text("order_id").equals(order)) {
            broken.add(
                    "4: %s confirmed under one key and was told of order %s, then %d: %s"
                            .formatted(customer, order, answer.status(), answer.body()));
        }
    }

    /** An order was shown, or answered, with a status. */
    synchronized void told(String order, String status) {
        if (isDecided(status)) {
            toldByOrder.get(order).add(status);
        }
    }

    /** A confirmed order may still be cancelled, for somebody is about to ask for it. */
    synchronized void mayBeCancelled(String order) {
        mayBeCancelled.add(order);
    }

    /** A wish to cancel was granted. */
    synchronized void cancelled(String order) {
        cancelled.add(order);
    }

    /** What is not as it should be whatever may fail, such as a refusal that has no reason. */
    synchronized void complain(String what) {
        broken.add("%s: %s".formatted(customer, what));
    }

    /**
     * @param statuses of all orders that the shop says the customer has
     */
    synchronized List<String> brokenBy(Map<String, String> statuses) {
        var all = new ArrayList<>(broken);
        statuses.keySet().stream()
                .filter(order -> !toldByOrder.containsKey(order))
                .map(order -> "4: %s has order %s without being told".formatted(customer, order))
                .forEach(all::add);
        toldByOrder.forEach((order, told) -> hold(order, told, statuses.get(order), all));
        return all;
    }

    private void hold(String order, List<String> told, String status, List<String> all) {
        if (status == null) {
            all.add("4: %s was told of order %s, which is not there".formatted(customer, order));
        } else if (cancelled.contains(order) && !status.equals("CANCELLED")) {
            all.add("5: %s cancelled order %s, it is %s".formatted(customer, order, status));
        } else if (!told.isEmpty() && !mayFollow(order, told.getLast(), status)) {
            all.add(
                    "4: %s was told that order %s is %s, it is %s"
                            .formatted(customer, order, told.getLast(), status));
        }
    }

    private boolean mayFollow(String order, String told, String status) {
        return told.equals(status)
                || told.equals("CONFIRMED")
                        && status.equals("CANCELLED")
                        && mayBeCancelled.contains(order);
    }
}
