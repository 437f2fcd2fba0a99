package duka.web;

import duka.messaging.DeadLetters;
import duka.messaging.Outbox;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;

/** Shows what a service could not take in, and what it has yet to say, where it does either. */
@AutoConfiguration(afterName = "duka.messaging.MessagingConfiguration")
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnBean(DeadLetters.class)
class DeadLetterConfiguration {

    @Bean
    DeadLetterController deadLetterController(DeadLetters letters) {
        return new DeadLetterController(letters);
    }

    @Bean
    OutboxController outboxController(Outbox outbox, Clock clock) {
        return new OutboxController(outbox, clock);
    }
}
