package duka.system;

import static com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import duka.client.ApiClient;
import duka.client.ApiException;
import duka.client.api.AuthApi;
import duka.client.api.CartApi;
import duka.client.api.CategoriesApi;
import duka.client.api.CheckoutApi;
import duka.client.api.OrdersApi;
import duka.client.api.ProductsApi;
import duka.client.model.CheckoutPatch;
import duka.client.model.Confirm;
import duka.client.model.Credentials;
import duka.client.model.NewItem;
import duka.client.model.OrderView;
import duka.client.model.ProductPatch;
import duka.client.model.ProductRequest;
import duka.client.model.ProductView;
import duka.client.model.Registration;
import duka.local.Demo;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Knows of the shop nothing but the client that is generated from docs/openapi.json, which takes no
 * field that is not documented.
 */
class GeneratedClientIT {

    final TheShop shop = TheShop.running();
    final ApiClient guest = client();

    @Test
    void what_is_offered_by_it_is_bought_by_it() throws ApiException {
        var product = offered(signedIn(Demo.MANAGER.email(), Demo.PASSWORD), "389.00");
        var customer = signedUp();

        var found =
                new ProductsApi(customer)
                        .listProducts(
                                null,
                                null,
                                null,
                                product.getName(),
                                null,
                                true,
                                null,
                                null,
                                null,
                                null,
                                null,
                                1,
                                10)
                        .getResults()
                        .getFirst();
        assertThat(new ProductsApi(customer).showProduct(found.getSlug()).getPrice())
                .isEqualTo("389.00");

        new CartApi(customer)
                .addItem(new NewItem().productId(found.getId()).quantity(2), null, key());
        assertThat(new CartApi(customer).cart(null).getTotal()).isEqualTo("778.00");
        var checkout = new CheckoutApi(customer);
        checkout.updateCheckout(
                new CheckoutPatch()
                        .shippingAddress("Moi Avenue 1, Nairobi")
                        .paymentMethod(CheckoutPatch.PaymentMethodEnum.CARD)
                        .paymentToken(Customer.APPROVE));
        var order = checkout.confirmCheckout(null, null, key(), new Confirm()).getOrderId();

        var orders = new OrdersApi(customer);
        var confirmed =
                await().atMost(60, SECONDS)
                        .ignoreExceptionsMatching(GeneratedClientIT::isNotKnownYet)
                        .until(
                                () -> orders.getOrder(order),
                                it -> it.getStatus() == OrderView.StatusEnum.CONFIRMED);
        assertThat(confirmed.getTotal()).isEqualTo("778.00");
        assertThat(orders.getTimeline(order)).isNotEmpty();
        shop.booksAreRight();
    }

    @Test
    void a_patch_changes_what_it_names_and_no_more() throws ApiException {
        var manager = signedIn(Demo.MANAGER.email(), Demo.PASSWORD);
        var product = offered(manager, "10.00");

        var changed =
                new ProductsApi(manager)
                        .changeProduct(
                                product.getId().toString(),
                                new ProductPatch().price(new BigDecimal("12.00")),
                                null);

        assertThat(changed.getPrice()).isEqualTo("12.00");
        assertThat(changed.getName()).isEqualTo(product.getName());
        assertThat(changed.getStock()).isEqualTo(5);
    }

    @Test
    void a_refusal_says_what_it_is() {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> new OrdersApi(signedUp()).getOrder(new UUID(0, 0)))
                .satisfies(refusal -> assertThat(refusal.getCode()).isEqualTo(404))
                .satisfies(refusal -> assertThat(refusal.getResponseBody()).contains("/problems/"));
    }

    private ProductView offered(ApiClient seller, String price) throws ApiException {
        var category =
                new CategoriesApi(seller)
                        .listCategories(null, null, null, 1, 1)
                        .getResults()
                        .getFirst();
        return new ProductsApi(seller)
                .createProduct(
                        new ProductRequest()
                                .name("Product " + UUID.randomUUID())
                                .price(new BigDecimal(price))
                                .categoryId(category.getId())
                                .stock(5),
                        key());
    }

    private ApiClient signedUp() throws ApiException {
        var email = "client-%s@example.com".formatted(UUID.randomUUID());
        new AuthApi(guest).register(new Registration().email(email).password(Customer.PASSWORD));
        return signedIn(email, Customer.PASSWORD);
    }

    private ApiClient signedIn(String email, String password) throws ApiException {
        var token =
                new AuthApi(guest)
                        .signIn(new Credentials().email(email).password(password))
                        .getAccess();
        return client().setRequestInterceptor(
                        request -> request.header("Authorization", "Bearer " + token));
    }

    private ApiClient client() {
        return new ApiClient(
                HttpClient.newBuilder(),
                ApiClient.createDefaultObjectMapper().enable(FAIL_ON_UNKNOWN_PROPERTIES),
                shop.itself().gateway().toString());
    }

    private static boolean isNotKnownYet(Throwable refusal) {
        return refusal instanceof ApiException problem && problem.getCode() == 404;
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
