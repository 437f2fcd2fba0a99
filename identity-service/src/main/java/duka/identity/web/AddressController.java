package duka.identity.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import duka.identity.Address;
import duka.identity.KeepingAddresses;
import duka.identity.UserId;
import duka.web.Caller;
import duka.web.MergePatch;
import duka.web.Paging;
import duka.web.Refused;
import duka.web.Results;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(AddressController.PATH)
@Tag(name = "addresses")
class AddressController {

    static final String PATH = "/api/v1/users/me/addresses";

    private final KeepingAddresses addresses;

    AddressController(KeepingAddresses addresses) {
        this.addresses = addresses;
    }

    record AddressView(
            UUID id,
            String recipient,
            String phoneNumber,
            String addressLine1,
            String addressLine2,
            String city,
            String country,
            String postalCode,
            @JsonProperty("is_default_shipping") boolean defaultShipping,
            @JsonProperty("is_default_billing") boolean defaultBilling) {

        static AddressView of(Address address) {
            return new AddressView(
                    address.id(),
                    address.recipient(),
                    address.phoneNumber(),
                    address.addressLine1(),
                    address.addressLine2(),
                    address.city(),
                    address.country(),
                    address.postalCode(),
                    address.defaultShipping(),
                    address.defaultBilling());
        }
    }

    @GetMapping
    @Operation(summary = "One's own addresses", description = "In the order they were added.")
    Results<AddressView> listAddresses(Caller caller, Paging paging) {
        var owner = new UserId(caller.id());
        return Results.of(
                addresses.list(owner, paging.size(), paging.offset()).stream()
                        .map(AddressView::of)
                        .toList(),
                addresses.count(owner),
                paging);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Add an address",
            description = "The first one is the default for shipping and for billing.")
    @ApiResponse(responseCode = "201", description = "Added")
    @ApiResponse(responseCode = "409", description = "There are too many already")
    ResponseEntity<AddressView> addAddress(Caller caller, @Valid @RequestBody AddressForm wish) {
        var added =
                addresses
                        .add(new UserId(caller.id()), wish.address(new UUID(0, 0)))
                        .orElseThrow(
                                () ->
                                        new Refused(
                                                HttpStatus.CONFLICT,
                                                "too-many-addresses",
                                                "Remove an address before you add another."));
        return ResponseEntity.created(URI.create(PATH + "/" + added.id()))
                .body(AddressView.of(added));
    }

    @GetMapping("/{id}")
    @Operation(summary = "One of one's own addresses")
    AddressView address(Caller caller, @PathVariable UUID id) {
        return addresses
                .find(new UserId(caller.id()), id)
                .map(AddressView::of)
                .orElseThrow(AddressController::noSuchAddress);
    }

    @PatchMapping("/{id}")
    @Operation(
            summary = "Change an address",
            description = "Making it a default takes that from the one that was.")
    AddressView changeAddress(
            Caller caller, @PathVariable UUID id, @RequestBody MergePatch<AddressForm> wish) {
        return addresses
                .change(
                        new UserId(caller.id()),
                        id,
                        before -> wish.applyTo(AddressForm.of(before)).address(id))
                .map(AddressView::of)
                .orElseThrow(AddressController::noSuchAddress);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Remove an address")
    void removeAddress(Caller caller, @PathVariable UUID id) {
        if (!addresses.remove(new UserId(caller.id()), id)) {
            throw noSuchAddress();
        }
    }

    private static Refused noSuchAddress() {
        return new Refused(
                HttpStatus.NOT_FOUND, "no-such-address", "There is no such address of yours.");
    }
}
