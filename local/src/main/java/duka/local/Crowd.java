package duka.local;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/** Many customers with accounts of their own, signed in, and what they come to buy. */
final class Crowd {

    private static final int AT_ONCE = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Api guest;

    Crowd(Api guest) {
        this.guest = guest;
    }

    /**
     * They come with an empty cart each.
     *
     * @param name what their accounts begin with; the same name is the same crowd
     * @param products bought in turn
     */
    List<Arrivals.Customer> gather(String name, int size, List<String> products) {
        var turns = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var arriving =
                    IntStream.range(0, size)
                            .mapToObj(
                                    number -> {
                                        turns.acquireUninterruptibly();
                                        return threads.submit(
                                                () -> {
                                                    try {
                                                        return arrive(name, number, products);
                                                    } finally {
                                                        turns.release();
                                                    }
                                                });
                                    })
                            .toList();
            return arriving.stream().map(each -> Processes.join(each, PATIENCE)).toList();
        }
    }

    private Arrivals.Customer arrive(String name, int number, List<String> products) {
        var account = new Account("%s%05d".formatted(name, number));
        String token = account.enter(guest);
        guest.as(token).delete("/api/v1/cart").expect(200, 204, 404);
        return new Arrivals.Customer(token, products.get(number % products.size()));
    }
}
