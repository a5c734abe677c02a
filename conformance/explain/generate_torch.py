"""Results of pytorch-grad-cam and captum for the small network, stored with the tests.

torch is too large for `npm test` to install, so its results are kept in
conformance/explain/torch-peers.json (base64 of float32). To make them again, in
an environment of its own:

    pip install torch captum opencv-python-headless matplotlib scikit-learn scipy tqdm ttach
    pip install --no-deps grad-cam
    python conformance/explain/generate_torch.py
"""

import base64
import json
import pathlib
import sys
from importlib.metadata import version
from unittest.mock import MagicMock

# pytorch-grad-cam imports torchvision for detectors and for displaying only.
for name in ("torchvision", "torchvision.transforms", "torchvision.transforms.functional"):
    sys.modules.setdefault(name, MagicMock())

import captum.attr as captum  # noqa: E402
import network  # noqa: E402
import numpy as np  # noqa: E402
import torch  # noqa: E402
from network import TARGET  # noqa: E402
from pytorch_grad_cam import GradCAM, ScoreCAM  # noqa: E402
from pytorch_grad_cam.metrics.perturbation_confidence import (  # noqa: E402
    PerturbationConfidenceMetric,
    RemoveLeastRelevantFirst,
    RemoveMostRelevantFirst,
)
from pytorch_grad_cam.metrics.road import NoisyLinearImputer  # noqa: E402
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget  # noqa: E402
from torch import nn  # noqa: E402

OUT = pathlib.Path(__file__).resolve().parent / "torch-peers.json"
STEPS, PATCH, STRIDE, BASELINE = 20, 5, 3, 0.25


class Network(nn.Module):
    """network.py's layers, channels first."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 3, padding=1)
        self.features = nn.Conv2d(6, 10, 3, padding=1)
        self.last = nn.Conv2d(10, 8, 3)
        self.dense = nn.Linear(8, 4)
        # One module for each use: captum's guided backpropagation hooks them.
        self.relu1, self.relu2, self.relu3 = nn.ReLU(), nn.ReLU(), nn.ReLU()
        for name, (kernel, bias) in network.weights().items():
            axes = (3, 2, 0, 1) if kernel.ndim == 4 else (1, 0)
            layer = getattr(self, name)
            layer.weight.data = torch.tensor(kernel.transpose(axes).copy())
            layer.bias.data = torch.tensor(bias)

    def forward(self, x):
        x = nn.functional.max_pool2d(self.relu1(self.conv1(x)), 2)
        x = self.relu3(self.last(self.relu2(self.features(x))))
        return self.dense(x.mean((2, 3)))


def encode(array):
    array = np.ascontiguousarray(array, dtype="<f4")
    return {"shape": list(array.shape), "data": base64.b64encode(array.tobytes()).decode()}


def numbers(tensor):
    return tensor.detach().numpy()


def main():
    model = Network().eval()
    x = torch.tensor(network.picture().transpose(0, 3, 1, 2).copy())
    layer = model.relu2
    targets = [ClassifierOutputTarget(TARGET)] * len(x)
    attributions = captum.LayerGradCam(model, layer).attribute(x, target=TARGET)
    enlarged = captum.LayerAttribution.interpolate(attributions, x.shape[2:])
    integrated = captum.IntegratedGradients(model).attribute(
        x, BASELINE, target=TARGET, n_steps=STEPS, method="gausslegendre"
    )
    occluded = captum.Occlusion(model).attribute(
        x, (3, PATCH, PATCH), (3, STRIDE, STRIDE), baselines=BASELINE, target=TARGET
    )
    guided = captum.GuidedBackprop(model).attribute(x, target=TARGET)
    record = {
        "pytorch-grad-cam logit": GradCAM(model, [layer])(x, targets=targets),
        "captum logit": numbers(enlarged)[:, 0],
        "integrated-gradients": numbers(integrated).sum(1),
        "occlusion": numbers(occluded)[:, 0],
        "guided-backprop": np.abs(numbers(guided)).max(1),
        "input-x-gradient": numbers(captum.InputXGradient(model).attribute(x, target=TARGET)).sum(
            1
        ),
        "saliency": numbers(captum.Saliency(model).attribute(x, target=TARGET)).max(1),
    }
    scored = ScoreCAM(model, [layer])
    # The library normalises and enlarges what it returns; its raw map is what the paper defines.
    scored.compute_cam_per_layer = lambda *arguments: [raw_score_cam(scored, *arguments)]
    scored.aggregate_multi_layers = lambda maps: maps[0]
    record["score-cam"] = scored(x, targets=targets)
    record.update(road(model, x[:1]))
    peers = {name: version(name) for name in ("torch", "captum", "grad-cam")}
    encoded = {name: encode(value) for name, value in record.items()}
    OUT.write_text(json.dumps({"versions": peers, "arrays": encoded}, indent=1) + "\n")
    for name, value in record.items():
        print(f"{name}: {value.shape} {value.min():.4g} .. {value.max():.4g}")


def road(model, x):
    """ROAD without noise of a map of equal steps: pictures imputed, and scores by share removed."""
    height, width = x.shape[2:]
    numbers_of = np.random.default_rng(3).permutation(height * width).reshape(1, height, width)
    cams = (numbers_of / numbers_of.size).astype("float32")
    imputer = NoisyLinearImputer(noise=0)
    probability = nn.Sequential(model, nn.Softmax(-1))
    found = {"road map": cams}
    for name, remove in (("most", RemoveMostRelevantFirst), ("least", RemoveLeastRelevantFirst)):
        scores, pictures = [], []
        for percent in range(10, 100, 10):
            metric = PerturbationConfidenceMetric(remove(100 - percent, imputer))
            score, picture = metric(
                x,
                cams,
                [ClassifierOutputTarget(TARGET)],
                probability,
                return_visualization=True,
                return_diff=False,
            )
            scores.append(score[0])
            pictures.append(numbers(picture)[0].transpose(1, 2, 0))
        found[f"road {name}"] = np.array(scores)
        found[f"road {name}, half imputed"] = pictures[4]
    return found


def raw_score_cam(cam, x, targets, eigen_smooth):
    activations = cam.activations_and_grads.activations[0].cpu().data.numpy()
    image = cam.get_cam_image(x, cam.target_layers[0], targets, activations, None, eigen_smooth)
    return np.maximum(image, 0)


if __name__ == "__main__":
    main()
