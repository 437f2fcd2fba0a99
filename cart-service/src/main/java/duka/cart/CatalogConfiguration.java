package duka.cart;

import java.net.http.HttpClient;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.loadbalancer.LoadBalancerInterceptor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** The way to catalog: through the registry, unless an address is given. */
@Configuration(proxyBeanMethods = false)
class CatalogConfiguration {

    private static final Duration CONNECT = Duration.ofMillis(200);

    @Bean
    CatalogApi catalogApi(
            RestClient.Builder builder,
            CartProperties properties,
            ObjectProvider<LoadBalancerInterceptor> registry) {
        var requests =
                new JdkClientHttpRequestFactory(
                        HttpClient.newBuilder().connectTimeout(CONNECT).build());
        requests.setReadTimeout(properties.catalogTimeout());
        var url = properties.catalogUrl();
        var client = builder.baseUrl(url).requestFactory(requests);
        if (url.getPort() < 0) {
            client.requestInterceptor(registry.getObject());
        }
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client.build()))
                .build()
                .createClient(CatalogApi.class);
    }
}
