package duka.system;

import static duka.system.Customer.APPROVE;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import duka.local.Part;
import duka.local.Shop;
import duka.system.Customer.Product;
import duka.system.Http.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two instances of each service share the work, and none is missed while another takes over. They
 * are five processes more than a shop has, so this is run when asked for.
 */
@Tag("scale")
class RollingRestartIT {

    static final List<Part> SERVICES =
            List.of(Part.IDENTITY, Part.CATALOG, Part.CART, Part.ORDER, Part.PAYMENT);
    static final int CUSTOMERS = 3;
    static final Duration BETWEEN_VISITS = Duration.ofSeconds(1);

    /** How often customers come before the next service is replaced. */
    static final int VISITS = 10;

    final TheShop theShop = TheShop.running();
    final Shop shop = theShop.itself();
    final Shop twin = shop.twin();
    final Product product = theShop.staff().sells(10_000, "10.00");

    final AtomicInteger requests = new AtomicInteger();
    final AtomicInteger visits = new AtomicInteger();
    final Map<String, Integer> orders = new ConcurrentSkipListMap<>();
    final Queue<String> failures = new ConcurrentLinkedQueue<>();

    @AfterEach
    void there_is_one_of_each_again() {
        twin.stop();
        SERVICES.stream().filter(part -> !shop.isAlive(part)).forEach(shop::start);
        shop.awaitOpen();
    }

    @Test
    void services_are_replaced_one_by_one_without_one_failed_request() throws Exception {
        var alone = members();
        inParallel(SERVICES, twin::start);
        soon("all are registered twice", () -> SERVICES.stream().allMatch(this::isTwice));
        soon("all listeners are there twice", () -> members().equals(doubled(alone)));

        long began = System.nanoTime();
        try (var customers = Executors.newScheduledThreadPool(CUSTOMERS)) {
            for (int i = 0; i < CUSTOMERS; i++) {
                customers.scheduleWithFixedDelay(
                        new Visits(), 0, BETWEEN_VISITS.toMillis(), MILLISECONDS);
            }
            customersCome();
            for (Part part : SERVICES) {
                shop.stop(part);
                customersCome();
                shop.start(part);
                soon(part + " is registered twice", () -> isTwice(part));
            }
            for (Part part : SERVICES) {
                twin.stop(part);
                customersCome();
            }
        }
        report(Duration.ofNanos(System.nanoTime() - began));
        assertThat(failures).isEmpty();
        theShop.booksAreRight();
    }

    private void report(Duration time) {
        System.out.printf(
                "replaced %d instances in %d s: %d visits, %d requests, %d failed; orders %s%n",
                2 * SERVICES.size(),
                time.toSeconds(),
                visits.get(),
                requests.get(),
                failures.size(),
                orders);
    }

    private void customersCome() {
        int before = visits.get();
        soon("customers come", () -> visits.get() >= before + VISITS);
    }

    /** One customer after another, each for a while. Every request is sent once. */
    private class Visits implements Runnable {

        private static final int OF_EACH = 10;
        private static final int UNTIL_ONE_CANCELS = 5;

        private Customer customer;
        private int count;

        @Override
        public void run() {
            try {
                visit();
            } catch (AssertionError | RuntimeException e) {
                failures.add(e.toString());
            } finally {
                visits.incrementAndGet();
            }
        }

        private void visit() {
            if (count++ % OF_EACH == 0) {
                requests.incrementAndGet();
                customer = asked(() -> Customer.signUp(theShop.guest()));
            }
            get("/api/v1/products/" + product.slug()).expect(200);
            get("/api/v1/users/me").expect(200);
            asked(() -> customer.puts(1, product));
            var bought = asked(() -> customer.buys(APPROVE));
            assertThat(bought.status()).as("%s", bought.body()).isIn(201, 202);
            var order = "/api/v1/orders/" + bought.text("order_id");
            assertThat(decided(order)).isEqualTo("CONFIRMED");
            get("/api/v1/payments?order_id=" + bought.text("order_id")).expect(200);
            if (count % UNTIL_ONE_CANCELS == 0) {
                asked(() -> customer.http().post(order + "/cancel", Map.of())).expect(200);
            }
            orders.merge(get(order).expect(200).text("status"), 1, Integer::sum);
        }

        private String decided(String order) {
            return await(order + " is decided")
                    .atMost(5, MINUTES)
                    .until(
                            () -> status(order),
                            List.of("CONFIRMED", "REJECTED", "CANCELLED")::contains);
        }

        private String status(String order) {
            var answer = get(order);
            assertThat(answer.status()).as("%s", answer.body()).isIn(200, 404);
            return answer.text("status");
        }

        private Answer get(String path) {
            return asked(() -> customer.http().get(path));
        }

        private <T> T asked(Supplier<T> request) {
            requests.incrementAndGet();
            return request.get();
        }
    }

    private boolean isTwice(Part part) {
        var instances =
                Http.guest(shop.url(Part.DISCOVERY))
                        .with("Accept", "application/json")
                        .get("/eureka/apps/" + part.title())
                        .body()
                        .path("application")
                        .path("instance");
        return instances
                        .valueStream()
                        .filter(instance -> instance.path("status").asString().equals("UP"))
                        .count()
                == 2;
    }

    /** How many listeners each group has that have partitions to read. */
    private Map<String, Long> members() throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", shop.bootstrapServers()))) {
            var groups =
                    admin.listGroups(ListGroupsOptions.forConsumerGroups()).all().get().stream()
                            .map(GroupListing::groupId)
                            .toList();
            return admin.describeConsumerGroups(groups).all().get().entrySet().stream()
                    .collect(toMap(Map.Entry::getKey, group -> reading(group.getValue())));
        }
    }

    private static long reading(ConsumerGroupDescription group) {
        return group.members().stream()
                .filter(member -> !member.assignment().topicPartitions().isEmpty())
                .count();
    }

    private static Map<String, Long> doubled(Map<String, Long> members) {
        return members.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, group -> 2 * group.getValue()));
    }

    private static void soon(String what, Callable<Boolean> holds) {
        await(what).atMost(5, MINUTES).until(holds);
    }

    private static <T> void inParallel(List<T> all, Consumer<T> each)
            throws ExecutionException, InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var working = all.stream().map(one -> threads.submit(() -> each.accept(one))).toList();
            for (var work : working) {
                work.get();
            }
        }
    }
}
