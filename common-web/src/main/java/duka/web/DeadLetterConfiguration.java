package duka.web;

import duka.messaging.DeadLetters;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;

/** Shows a service's dead letters, where it has any. */
@AutoConfiguration(afterName = "duka.messaging.MessagingConfiguration")
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnBean(DeadLetters.class)
class DeadLetterConfiguration {

    @Bean
    DeadLetterController deadLetterController(DeadLetters letters) {
        return new DeadLetterController(letters);
    }
}
