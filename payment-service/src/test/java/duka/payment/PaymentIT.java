package duka.payment;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import duka.testing.Infrastructure;
import duka.testing.Statements;
import duka.web.TestTokens;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;

/** The whole service, beside a {@link Provider}: one context for all integration tests. */
@Target(TYPE)
@Retention(RUNTIME)
@SpringBootTest(
        properties = {
            "duka.payment.lease=8s",
            "duka.payment.poll=100ms",
            "duka.payment.longest-pause=500ms",
            "duka.payment.pending-poll=60s",
            "duka.payment.simulator.timeout=4s",
            "duka.payouts.poll=200ms"
        })
@AutoConfigureMockMvc
@Import({Infrastructure.class, TestTokens.class, Statements.class, ProviderAddress.class})
public @interface PaymentIT {}
