package duka.payment;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

@TestConfiguration(proxyBeanMethods = false)
class ProviderAddress {

    @Bean
    DynamicPropertyRegistrar providerAddress() {
        return properties -> properties.add("duka.payment.simulator.url", Provider.SERVER::baseUrl);
    }
}
