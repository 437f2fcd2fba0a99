package duka.local;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;

/** What to look at first, and as whom. */
final class Welcome {

    private Welcome() {}

    static void print(Shop shop, PrintStream out) {
        out.printf(
                """

                Gateway             %1$s/api/v1/products
                API documentation   %1$s/api/docs
                Registry            %2$s
                Payment simulator   %3$s
                Mails               %4$s

                Demo accounts, all with the password %5$s
                """,
                shop.gateway(),
                shop.url(Part.DISCOVERY),
                shop.url(Part.SIMULATOR),
                shop.place().mails(),
                Demo.PASSWORD);
        Stream.of(List.of(Demo.ADMIN, Demo.MANAGER), Demo.VENDORS, Demo.CUSTOMERS)
                .flatMap(List::stream)
                .forEach(
                        person ->
                                out.printf(
                                        "  %-24s %-14s %s %s%n",
                                        person.email(),
                                        person.role().toLowerCase().replace('_', ' '),
                                        person.firstName(),
                                        person.lastName()));
        out.printf("%nNow: ./duka checkout, ./duka status, ./duka down%n");
    }
}
