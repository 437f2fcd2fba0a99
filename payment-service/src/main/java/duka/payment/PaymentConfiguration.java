package duka.payment;

import duka.messaging.Sealer;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PaymentConfiguration {

    @Bean
    Sealer tokenSealer(SealProperties properties) {
        return new Sealer(properties.paymentKey());
    }

    @Bean
    Backoff backoff(PaymentProperties properties) {
        return new Backoff(
                properties.longestPause(), properties.pendingPoll(), RandomGenerator.getDefault());
    }
}
