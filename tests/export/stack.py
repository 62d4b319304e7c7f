"""Two resources of CloudFormation that moto does not have: thing groups and CA certificates, by their documented properties.

They are created through moto's own AWS IoT, so that a stack leaves what the calls of the API would leave. moto finds them as subclasses.
"""

from moto.core.common_models import CloudFormationModel
from moto.iot.models import iot_backends


class Resource:
    """A resource of a stack, with its physical ID."""

    def __init__(self, physical_id):
        self.physical_resource_id = physical_id

    def is_created(self):
        return True

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, *_):
        return original_resource


class ThingGroup(Resource, CloudFormationModel):
    """AWS::IoT::ThingGroup"""

    @staticmethod
    def cloudformation_name_type():
        return "ThingGroupName"

    @staticmethod
    def cloudformation_type():
        return "AWS::IoT::ThingGroup"

    @classmethod
    def has_cfn_attr(cls, attr):
        return False

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **_):
        properties = dict(cloudformation_json["Properties"])
        name = properties.pop("ThingGroupName", resource_name)
        assert not properties, f"not known here: {properties}"
        iot_backends[account_id][region_name].create_thing_group(name, None, {})
        return cls(name)

    @classmethod
    def delete_from_cloudformation_json(cls, resource_name, _, account_id, region_name):
        iot_backends[account_id][region_name].delete_thing_group(resource_name)


class CaCertificate(Resource, CloudFormationModel):
    """AWS::IoT::CACertificate"""

    @staticmethod
    def cloudformation_name_type():
        return "CACertificateId"

    @staticmethod
    def cloudformation_type():
        return "AWS::IoT::CACertificate"

    @classmethod
    def has_cfn_attr(cls, attr):
        return attr == "Id"

    def get_cfn_attribute(self, attribute_name):
        assert attribute_name == "Id"
        return self.physical_resource_id

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **_):
        properties = cloudformation_json["Properties"]
        config = properties["RegistrationConfig"]
        # In the mode DEFAULT AWS refuses a CA without proof that its key is held. A device needs both of the others.
        assert properties["CertificateMode"] == "SNI_ONLY" or "BEGIN CERTIFICATE" in properties["VerificationCertificatePem"]
        assert (properties["Status"], properties["AutoRegistrationStatus"]) == ("ACTIVE", "ENABLE")
        registered = iot_backends[account_id][region_name].register_ca_certificate(
            properties["CACertificatePem"],
            properties["Status"] == "ACTIVE",
            {name[0].lower() + name[1:]: value for name, value in config.items()},
        )
        return cls(registered.certificate_id)

    @classmethod
    def delete_from_cloudformation_json(cls, resource_name, _, account_id, region_name):
        iot_backends[account_id][region_name].delete_ca_certificate(resource_name)
