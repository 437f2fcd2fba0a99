package duka.payment;

import duka.messaging.Sealer;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

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

    /** To the simulator, whatever it is asked for. */
    @Bean
    RestClient simulator(SimulatorProperties properties, RestClient.Builder http) {
        return client(properties, properties.timeout(), http);
    }

    /** A time limit is on a whole answer, and a day of the simulator's books is a long one. */
    @Bean(defaultCandidate = false)
    RestClient simulatorLog(SimulatorProperties properties, RestClient.Builder http) {
        return client(properties, properties.logTimeout(), http);
    }

    private static RestClient client(
            SimulatorProperties properties, Duration timeout, RestClient.Builder http) {
        var requests =
                new JdkClientHttpRequestFactory(
                        HttpClient.newBuilder()
                                .version(HttpClient.Version.HTTP_1_1)
                                .connectTimeout(properties.connectTimeout())
                                .build());
        requests.setReadTimeout(timeout);
        return http.baseUrl(properties.url().toString())
                .requestFactory(requests)
                .defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + properties.apiKey())
                .build();
    }
}
