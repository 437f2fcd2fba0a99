package duka.system;

import static duka.system.Customer.APPROVE;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import duka.local.Part;
import duka.local.Shop;
import duka.system.Customer.Product;
import duka.system.Http.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two instances of each service share the work, and none is missed while another takes over. */
class RollingRestartIT {

    static final List<Part> SERVICES =
            List.of(Part.IDENTITY, Part.CATALOG, Part.CART, Part.ORDER, Part.PAYMENT);
    static final int CUSTOMERS = 3;
    static final int PURCHASES = 5;

    final TheShop theShop = TheShop.running();
    final Shop shop = theShop.itself();
    final Shop twin = shop.twin();
    final Product product = theShop.staff().sells(10_000, "10.00");
    final AtomicInteger bought = new AtomicInteger();
    volatile boolean over;

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

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var buying = customers(threads);
            try {
                for (Part part : SERVICES) {
                    shop.stop(part);
                    moreIsBought(buying);
                    shop.start(part);
                    soon(part + " is registered twice", () -> isTwice(part));
                }
                for (Part part : SERVICES) {
                    twin.stop(part);
                    moreIsBought(buying);
                }
            } finally {
                over = true;
            }
            for (var each : buying) {
                each.get();
            }
        }
        theShop.booksAreRight();
    }

    private List<Future<?>> customers(ExecutorService threads) {
        var buying = new ArrayList<Future<?>>();
        while (buying.size() < CUSTOMERS) {
            var customer = Customer.signUp(theShop.guest());
            buying.add(threads.submit(() -> buysOnAndOn(customer)));
        }
        return buying;
    }

    /** Every request is sent once, and ends the test if it fails. */
    private void buysOnAndOn(Customer customer) {
        while (!over) {
            customer.http().get("/api/v1/products/" + product.slug()).expect(200);
            customer.http().get("/api/v1/users/me").expect(200);
            var order = customer.puts(1, product).buys(APPROVE);
            assertThat(order.status()).as("%s", order.body()).isIn(201, 202);
            assertThat(decided(customer, order)).isEqualTo("CONFIRMED");
            customer.http().get("/api/v1/payments?order_id=" + order.text("order_id")).expect(200);
            bought.incrementAndGet();
        }
    }

    private static String decided(Customer customer, Answer order) {
        return await("the order is decided")
                .atMost(5, MINUTES)
                .until(
                        () -> status(customer, order.text("order_id")),
                        List.of("CONFIRMED", "REJECTED", "CANCELLED")::contains);
    }

    private static String status(Customer customer, String order) {
        var answer = customer.http().get("/api/v1/orders/" + order);
        assertThat(answer.status()).as("%s", answer.body()).isIn(200, 404);
        return answer.text("status");
    }

    private void moreIsBought(List<Future<?>> buying) throws Exception {
        int before = bought.get();
        soon(
                "more is bought",
                () ->
                        bought.get() >= before + PURCHASES
                                || buying.stream().anyMatch(Future::isDone));
        for (var each : buying) {
            if (each.isDone()) {
                each.get();
            }
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
